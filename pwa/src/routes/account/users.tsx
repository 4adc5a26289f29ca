// Users and their roles, for administrators.
import { $, component$, useSignal } from '@builder.io/qwik';
import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { Dialog } from '../../component/dialog.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { client } from '../../graphql/client.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { accountTexts } from './texts.ts';
import {
  createUserMutation,
  deleteUserMutation,
  resetPasswordMutation,
  setUserRoleMutation,
  type UserChange,
  usersQuery,
} from './users-query.ts';

const roles = ['VIEWER', 'MEMBER', 'ADMIN'] as const;
type Role = (typeof roles)[number];

/** What came of a change: a fault, a password to hand over, or neither. */
interface Told {
  readonly fault: string;
  readonly name: string;
  readonly password: string;
}

const nothing: Told = { fault: '', name: '', password: '' };

async function change<Variables extends AnyVariables>(
  mutation: TypedDocumentNode<{ result: UserChange }, Variables>,
  variables: Variables,
): Promise<Told> {
  const { data, error } = await client.mutation(mutation, variables).toPromise();
  const result = data?.result;
  if (result === undefined) return { ...nothing, fault: error?.message ?? '' };
  if (!('data' in result)) return { ...nothing, fault: result.message };
  return { fault: '', name: result.data.name, password: result.password ?? '' };
}

const roleKey = (role: Role) => (role === 'ADMIN' ? 'ADMINISTRATOR' : role);

/** The list, and a form for somebody new. */
export const Users = component$(() => {
  const text = useText(accountTexts);
  const format = useFormat();
  const show = useShow();
  const { state, refresh$ } = useQuery(usersQuery, useSignal({}));
  const name = useSignal('');
  const role = useSignal<Role>('VIEWER');
  const told = useSignal<Told>(nothing);
  const leaving = useSignal({ id: '', name: '' });
  const options = roles.map((value) => ({ value, label: text(roleKey(value)) }));
  const create = $(async () => {
    told.value = await change(createUserMutation, { input: { name: name.value, role: role.value } });
    if (told.value.fault === '') name.value = '';
    await refresh$();
  });
  const setRole = $(async (id: string, wanted: string) => {
    told.value = await change(setUserRoleMutation, {
      id,
      role: roles.find((one) => one === wanted) ?? 'VIEWER',
    });
    await refresh$();
  });
  const reset = $(async (id: string) => {
    told.value = await change(resetPasswordMutation, { id });
  });
  const remove = $(async () => {
    const { id } = leaving.value;
    leaving.value = { id: '', name: '' };
    told.value = await change(deleteUserMutation, { id });
    await refresh$();
  });
  return (
    <Card>
      <div class="account-row">
        <TextField
          id="user-name"
          label={text('userName')}
          value={name.value}
          onInput$={(_, element) => {
            name.value = element.value;
          }}
        />
        <SelectField
          id="user-role"
          label={text('role')}
          value={role.value}
          options={options}
          onChange$={(_, element) => {
            role.value = roles.find((one) => one === element.value) ?? 'VIEWER';
          }}
        />
        <Button kind="primary" label={text('createUser')} onClick$={create} />
      </div>
      {told.value.fault !== '' && (
        <p class="notice bad" role="alert">
          {told.value.fault}
        </p>
      )}
      {told.value.password !== '' && (
        <div role="status">
          <p>{text('handOver', { name: told.value.name })}</p>
          <code class="secret">{told.value.password}</code>
          <CopyButton text={told.value.password} />
        </div>
      )}
      {show(state.value, {
        loading: <Skeleton rows={3} height={48} />,
        retry$: refresh$,
        ready: ({ users }) => (
          <ul class="account-list">
            {users.map((user) => (
              <li key={user.id} class="account-entry">
                <span>
                  {user.name}{' '}
                  <span class="soft small">
                    · {text('since')} {format.dateTime(user.createdAt)}
                  </span>
                </span>
                <div class="account-row">
                  <SelectField
                    id={`role-${user.id}`}
                    label={text('role')}
                    value={user.role}
                    options={options}
                    onChange$={(_, element) => setRole(user.id, element.value)}
                  />
                  <Button label={text('resetPassword')} onClick$={() => reset(user.id)} />
                  <Button
                    kind="danger"
                    label={text('delete')}
                    onClick$={() => {
                      leaving.value = { id: user.id, name: user.name };
                    }}
                  />
                </div>
              </li>
            ))}
          </ul>
        ),
      })}
      <Dialog
        open={leaving.value.id !== ''}
        title={text('delete')}
        onClose$={() => {
          leaving.value = { id: '', name: '' };
        }}
      >
        <p>{text('deleteQuestion', { name: leaving.value.name })}</p>
        <div class="account-row">
          <Button kind="danger" label={text('delete')} onClick$={remove} />
          <Button
            label={text('keep')}
            onClick$={() => {
              leaving.value = { id: '', name: '' };
            }}
          />
        </div>
      </Dialog>
    </Card>
  );
});
