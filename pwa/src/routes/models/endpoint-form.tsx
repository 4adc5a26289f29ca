// The form of a model behind an address: probed while one watches, then registered.
import { component$, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { CheckField, SelectField, TextField } from '../../component/field.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import { issueOf, type RegisterIssue } from './issue.ts';
import { registerMutation } from './models-query.ts';
import { NamingFields } from './naming-fields.tsx';
import { noProbe, type ProbeView, probeLive } from './probe-live.ts';
import { ProbeResult } from './probe-result.tsx';
import { Refusals } from './refusals.tsx';
import { SecretField } from './secret-field.tsx';
import { modelTexts } from './texts.ts';

// The typed attributes of an input lack this one.
const listed = { list: 'listed-models' };
const anthropicUrl = 'https://api.anthropic.com/v1';

/** Address, key, model, name. */
export const EndpointForm = component$(() => {
  const text = useText(modelTexts);
  const offline = useOffline();
  const form = useStore({
    provider: 'openai-compatible',
    baseUrl: '',
    apiKey: '',
    model: '',
    name: '',
    description: '',
    unreachable: false,
    busy: false,
    attempt: crypto.randomUUID() as string,
  });
  const probe = useStore<ProbeView>(noProbe());
  const refused = useStore<{ issues: RegisterIssue[] }>({ issues: [] });
  const fault = (path: string) => issueOf(refused.issues, path);
  const whyNoProbe = offline ?? (form.baseUrl.trim() === '' ? text('baseUrlHint') : undefined);
  const whyNot =
    offline ??
    (probe.status !== 'found' && !form.unreachable ? text('probeFirst') : undefined) ??
    (form.name.trim() === '' ? text('nameFirst') : undefined);
  return (
    <div class="stack">
      <SelectField
        id="provider"
        label={text('protocol')}
        value={form.provider}
        options={[
          { value: 'openai-compatible', label: text('openai') },
          { value: 'anthropic', label: text('anthropic') },
        ]}
        fault={fault('endpoint.provider')}
        onChange$={(_, element) => {
          form.provider = element.value;
          if (form.provider === 'anthropic' && form.baseUrl === '') form.baseUrl = anthropicUrl;
        }}
      />
      <TextField
        id="base-url"
        label={text('baseUrl')}
        hint={text('baseUrlHint')}
        placeholder="http://localhost:8000/v1"
        value={form.baseUrl}
        fault={fault('endpoint.baseUrl')}
        onInput$={(_, element) => {
          form.baseUrl = element.value;
        }}
      />
      <SecretField
        id="api-key"
        label={text('apiKey')}
        hint={text('apiKeyHint')}
        fault={fault('endpoint.apiKey')}
        onInput$={(_, element) => {
          form.apiKey = element.value;
        }}
      />
      <div class="field">
        <label for="endpoint-model">{text('model')}</label>
        <input
          id="endpoint-model"
          type="text"
          {...listed}
          value={form.model}
          placeholder={probe.model}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="endpoint-model-hint"
          onInput$={(_, element) => {
            form.model = element.value;
          }}
        />
        <datalist id="listed-models">
          {probe.models.map((id) => (
            <option key={id} value={id} />
          ))}
        </datalist>
        <span id="endpoint-model-hint" class="soft small">
          {text('modelHint')}
        </span>
      </div>
      <div class="row">
        <Button
          icon="search"
          label={text(probe.status === 'idle' ? 'probe' : 'probeAgain')}
          busy={probe.status === 'asking'}
          why={whyNoProbe}
          onClick$={async () => {
            const { provider, baseUrl, model, apiKey } = form;
            const endpoint = { provider, baseUrl, model: model || null, apiKey: apiKey || null };
            await probeLive({ endpoint }, probe);
            if (form.name === '' && probe.model !== '') form.name = nameOf(probe.model);
          }}
        />
      </div>
      <ProbeResult
        probe={probe}
        chosen={form.model || probe.model}
        onChoose$={(id) => {
          form.model = id;
        }}
      />
      <NamingFields form={form} fault={fault('name')} />
      {probe.status === 'failed' && (
        <CheckField
          label={text('anyway')}
          checked={form.unreachable}
          onChange$={(_, element) => {
            form.unreachable = element.checked;
          }}
        />
      )}
      <Refusals
        issues={refused.issues}
        fields={['endpoint.provider', 'endpoint.baseUrl', 'endpoint.apiKey', 'name']}
      />
      <div class="row">
        <Button
          kind="primary"
          icon="add"
          label={text('register')}
          busy={form.busy}
          why={whyNot}
          onClick$={async () => {
            form.busy = true;
            const { provider, baseUrl, apiKey, name, description, unreachable } = form;
            const model = form.model || probe.model;
            const endpoint = { provider, baseUrl, model, apiKey: apiKey || null };
            const input = { name: name.trim(), description, unreachable, endpoint };
            const outcome = await runMutation(registerMutation, { input, idempotencyKey: form.attempt });
            form.busy = false;
            if (outcome.status === 'done') return navigate(`/models/${outcome.data.id}`);
            refused.issues =
              outcome.issues.length > 0 ? [...outcome.issues] : [{ path: '', message: outcome.message }];
          }}
        />
      </div>
    </div>
  );
});

function nameOf(model: string): string {
  return model
    .replace(/^.*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 100);
}
