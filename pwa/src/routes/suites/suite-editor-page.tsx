// A suite written as a form or as YAML, checked as it is typed, saved as a version.
import { $, component$, useComputed$, useSignal } from '@builder.io/qwik';
import { Button, ButtonLink } from '../../component/button.tsx';
import '../../component/choice.css';
import { Empty } from '../../component/empty.tsx';
import { Icon } from '../../component/icon.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { forgetKept } from '../../editor/kept-draft.ts';
import { saveFile } from '../../editor/save-file.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import '../new-run/new-run.css';
import { newSuite, suiteKey, useSuiteCheck, useSuiteDraft } from './suite-draft.ts';
import { type SuiteEditorData, saveSuiteMutation, suiteEditorQuery } from './suite-editor-query.ts';
import { suiteEditorTexts } from './suite-editor-texts.ts';
import { suiteForm } from './suite-form.ts';
import { SuiteFormFields } from './suite-form-fields.tsx';

// No id of ours: the query then gives the choices alone.
const nobody = '00000000-0000-0000-0000-000000000000';

/** `/suites/new` and `/suites/:id/edit`. */
export const SuiteEditorPage = component$<PageProps>((props) => {
  const text = useText(suiteEditorTexts);
  const show = useShow();
  const id = props.params['id'];
  const variables = useComputed$(() => ({ id: props.params['id'] ?? nobody }));
  const { state, refresh$ } = useQuery(suiteEditorQuery, variables, { keepFor: 'suites' });
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={2} height={280} />,
        retry$: refresh$,
        ready: (data) =>
          id !== undefined && data.suite === null ? (
            <Empty icon="suite" sentence={text('unknown')}>
              <ButtonLink href="/suites" label={text('newSuite')} />
            </Empty>
          ) : (
            <SuiteEditor key={id ?? 'new'} data={data} />
          ),
      })}
    </>
  );
});

const SuiteEditor = component$<{ data: SuiteEditorData }>((props) => {
  const text = useText(suiteEditorTexts);
  const offline = useOffline();
  const { suite } = props.data;
  const saved = suite?.yaml ?? newSuite;
  const draft = useSuiteDraft(suite?.id, saved);
  const check = useSuiteCheck(draft);
  const view = useSignal<'form' | 'yaml'>('yaml');
  const busy = useSignal(false);
  const fault = useSignal('');
  const { faults, warnings } = check.value;
  const form = suiteForm(draft.value);
  const why =
    offline ??
    (faults.length > 0 ? text('mend') : undefined) ??
    (suite?.bundled && form?.name === suite.name ? text('bundled') : undefined);
  const save$ = $(async () => {
    busy.value = true;
    fault.value = '';
    const outcome = await runMutation(saveSuiteMutation, { yaml: draft.value });
    busy.value = false;
    if (outcome.status === 'refused') {
      fault.value = outcome.message;
      return;
    }
    await forgetKept(suiteKey(suite?.id));
    navigate(`/suites/${outcome.data.id}`);
  });
  const open$ = $(async (_: Event, element: HTMLInputElement) => {
    const file = element.files?.[0];
    if (file !== undefined) draft.value = await file.text();
    element.value = '';
  });
  return (
    <div class="stack">
      <PageTitle text={suite === null ? text('newSuite') : text('edit', { name: suite.name })}>
        <Button
          icon="download"
          label={text('export')}
          onClick$={() => saveFile(`${form?.name || 'suite'}.yaml`, draft.value)}
        />
        <Button
          icon="ok"
          kind="primary"
          label={text(busy.value ? 'saving' : 'save')}
          busy={busy.value}
          why={why}
          onClick$={save$}
        />
      </PageTitle>
      {suite?.bundled === true && <p class="soft small">{text('bundled')}</p>}
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          <Icon name="failed" />
          {fault.value}
        </p>
      )}
      <div class="row between">
        <fieldset class="segments">
          <legend class="visually-hidden">{text('view')}</legend>
          {(['form', 'yaml'] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="suite-view"
                value={one}
                checked={view.value === one}
                onChange$={() => {
                  view.value = one;
                }}
              />
              <span>{text(one)}</span>
            </label>
          ))}
        </fieldset>
        <label class="button file-button">
          <input class="visually-hidden" type="file" accept=".yaml,.yml,.json" onChange$={open$} />
          {text('import')}
        </label>
      </div>
      {view.value === 'form' && <SuiteFormFields text={draft} data={props.data} />}
      <section class="card stack">
        {view.value === 'yaml' ? (
          <CodeEditor
            id="suite-text"
            label={text('yaml')}
            lineWord={text('line')}
            value={draft.value}
            rows={16}
            faults={faults}
            onInput$={(_, element) => {
              draft.value = element.value;
            }}
          />
        ) : (
          faults.map(({ message }) => (
            <p key={message} class="notice bad" role="alert">
              <Icon name="failed" />
              {message}
            </p>
          ))
        )}
        {warnings.length > 0 && (
          <div class="stack tight" role="status">
            <p class="soft">{text('cannotRun')}</p>
            {warnings.map(({ message }) => (
              <p key={message} class="notice warn">
                <Icon name="info" />
                {message}
              </p>
            ))}
          </div>
        )}
        {draft.value !== saved && (
          <div class="row">
            <span class="soft small">{text('draft')}</span>
            <Button
              kind="quiet"
              label={text('discard')}
              onClick$={() => {
                draft.value = saved;
              }}
            />
          </div>
        )}
      </section>
    </div>
  );
});
