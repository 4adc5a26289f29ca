// The form of weights: from the Hub, from this device, or from the server's folder.
import { component$, type NoSerialize, noSerialize, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { ProgressBar } from '../../component/progress.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import { issueOf, type RegisterIssue } from './issue.ts';
import { registerMutation } from './models-query.ts';
import { NamingFields } from './naming-fields.tsx';
import { Refusals } from './refusals.tsx';
import { modelTexts } from './texts.ts';
import { uploadModel } from './upload.ts';

/** `way`: `hub`, `upload` or `path`. */
export const WeightsForm = component$<{ way: 'hub' | 'upload' | 'path' }>((props) => {
  const text = useText(modelTexts);
  const offline = useOffline();
  const form = useStore<{
    source: string;
    name: string;
    description: string;
    kind: string;
    file: NoSerialize<File>;
    busy: boolean;
    share: number;
    issues: RegisterIssue[];
    attempt: string;
  }>({
    source: '',
    name: '',
    description: '',
    kind: 'language',
    file: undefined,
    busy: false,
    share: 0,
    issues: [],
    attempt: crypto.randomUUID(),
  });
  const { way } = props;
  const field = way === 'hub' ? 'huggingFace' : way === 'path' ? 'path' : 'file';
  const fault = (path: string) => issueOf(form.issues, path);
  const nothing = way === 'upload' ? form.file === undefined : form.source.trim() === '';
  const whyNot =
    offline ??
    (nothing ? text(way === 'upload' ? 'fileFirst' : way === 'hub' ? 'hubHint' : 'pathHint') : undefined) ??
    (form.name.trim() === '' ? text('nameFirst') : undefined);
  return (
    <div class="stack">
      {way === 'upload' ? (
        <div class="field">
          <label for="file">{text('file')}</label>
          <input
            id="file"
            type="file"
            accept=".gguf"
            onChange$={(_, element) => {
              const file = element.files?.[0];
              form.file = file === undefined ? undefined : noSerialize(file);
              if (form.name === '' && file) form.name = file.name.replace(/\.gguf$/i, '');
            }}
          />
          {fault('file') !== undefined && (
            <span class="fault" role="alert">
              {fault('file')}
            </span>
          )}
        </div>
      ) : (
        <TextField
          id="source"
          label={text(way === 'hub' ? 'hubId' : 'path')}
          hint={text(way === 'hub' ? 'hubHint' : 'pathHint')}
          placeholder={way === 'hub' ? 'hf:' : 'models/'}
          value={form.source}
          fault={fault(field)}
          onInput$={(_, element) => {
            form.source = element.value;
          }}
        />
      )}
      <NamingFields form={form} fault={fault('name')} />
      <SelectField
        id="kind"
        label={text('kind')}
        value={form.kind}
        options={(['language', 'embedding', 'reranker'] as const).map((kind) => ({
          value: kind,
          label: text(kind),
        }))}
        onChange$={(_, element) => {
          form.kind = element.value;
        }}
      />
      <Refusals issues={form.issues} fields={['name', field]} />
      {form.busy && way === 'upload' && <ProgressBar done={form.share} total={1} label={text('uploading')} />}
      <div class="row">
        <Button
          kind="primary"
          icon="add"
          label={text('register')}
          busy={form.busy}
          why={whyNot}
          onClick$={async () => {
            form.busy = true;
            form.issues = [];
            const { source, description, kind, file } = form;
            const name = form.name.trim();
            if (way === 'upload' && file !== undefined) {
              const done = await uploadModel({ file, name, description, kind }, (share) => {
                form.share = share;
              });
              form.busy = false;
              if (done.status === 'done') return navigate(`/models/${done.id}`);
              form.issues = [...done.issues];
              return;
            }
            const where = way === 'hub' ? { huggingFace: source } : { path: source };
            const input = { name, description, kind, ...where };
            const outcome = await runMutation(registerMutation, { input, idempotencyKey: form.attempt });
            form.busy = false;
            if (outcome.status === 'done') return navigate(`/models/${outcome.data.id}`);
            form.issues =
              outcome.issues.length > 0 ? [...outcome.issues] : [{ path: '', message: outcome.message }];
          }}
        />
      </div>
    </div>
  );
});
