// Changes what is told of a model, and how its endpoint is reached.
import { component$, type QRL, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Dialog } from '../../component/dialog.tsx';
import { TextField } from '../../component/field.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { issueOf, type RegisterIssue } from './issue.ts';
import { type ModelRow, updateMutation } from './models-query.ts';
import { Refusals } from './refusals.tsx';
import { SecretField } from './secret-field.tsx';
import { modelTexts } from './texts.ts';

/** The name stays: results bear it. */
export const EditDialog = component$<{ model: ModelRow; open: boolean; onClose$: QRL<() => unknown> }>(
  (props) => {
    const text = useText(modelTexts);
    const { model } = props;
    const form = useStore<{
      description: string;
      licence: string;
      baseUrl: string;
      asked: string;
      apiKey: string;
      busy: boolean;
      issues: RegisterIssue[];
    }>({
      description: model.description ?? '',
      licence: model.licence ?? '',
      baseUrl: model.endpoint?.baseUrl ?? '',
      asked: model.endpoint?.model ?? '',
      apiKey: '',
      busy: false,
      issues: [],
    });
    return (
      <Dialog open={props.open} title={`${text('edit')}: ${model.name}`} onClose$={props.onClose$}>
        <TextField
          id="edit-description"
          label={text('description')}
          value={form.description}
          onInput$={(_, element) => {
            form.description = element.value;
          }}
        />
        <TextField
          id="edit-licence"
          label={text('licence')}
          value={form.licence}
          onInput$={(_, element) => {
            form.licence = element.value;
          }}
        />
        {model.endpoint !== null && (
          <>
            <TextField
              id="edit-base-url"
              label={text('baseUrl')}
              value={form.baseUrl}
              fault={issueOf(form.issues, 'endpoint.baseUrl')}
              onInput$={(_, element) => {
                form.baseUrl = element.value;
              }}
            />
            <TextField
              id="edit-model"
              label={text('model')}
              value={form.asked}
              fault={issueOf(form.issues, 'endpoint.model')}
              onInput$={(_, element) => {
                form.asked = element.value;
              }}
            />
            <SecretField
              id="edit-api-key"
              label={text('apiKey')}
              hint={text(model.endpoint.hasKey ? 'newKeyHint' : 'apiKeyHint')}
              fault={issueOf(form.issues, 'endpoint.apiKey')}
              onInput$={(_, element) => {
                form.apiKey = element.value;
              }}
            />
          </>
        )}
        <Refusals issues={form.issues} fields={['endpoint.baseUrl', 'endpoint.model', 'endpoint.apiKey']} />
        <div class="row">
          <Button label={text('cancel')} onClick$={props.onClose$} />
          <Button
            kind="primary"
            icon="ok"
            label={text('save')}
            busy={form.busy}
            onClick$={async () => {
              form.busy = true;
              const { description, licence, baseUrl, asked, apiKey } = form;
              const endpoint = { baseUrl, model: asked, ...(apiKey === '' ? {} : { apiKey }) };
              const input = {
                description: description || null,
                licence: licence || null,
                ...(model.endpoint === null ? {} : { endpoint }),
              };
              const outcome = await runMutation(updateMutation, { id: model.id, input });
              form.busy = false;
              if (outcome.status === 'done') {
                await props.onClose$();
                return;
              }
              form.issues =
                outcome.issues.length > 0 ? [...outcome.issues] : [{ path: '', message: outcome.message }];
            }}
          />
        </div>
      </Dialog>
    );
  },
);
