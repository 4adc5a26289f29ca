// The rules as a form: each with its data, suite, days and runs; looked at before they are saved.
import { $, component$, type QRL, useSignal, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { client } from '../../graphql/client.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import {
  type EditedRule,
  editedRules,
  type Retention,
  retentionPreviewQuery,
  ruleInputs,
  saveRetentionMutation,
} from './retention-query.ts';
import { retentionTexts } from './texts.ts';

const subjects = ['SAMPLES', 'HARDWARE', 'LOGS'] as const;

/** `onSaved$` is called when the server accepted the rules. */
export const RuleForm = component$<{ found: Retention; onSaved$: QRL<() => unknown> }>((props) => {
  const text = useText(retentionTexts);
  const offline = useOffline();
  const store = useStore<{ rules: EditedRule[] }>({ rules: editedRules(props.found) });
  const faults = useSignal<Readonly<Record<string, string>>>({});
  const said = useSignal('');
  const busy = useSignal('');
  const suites = [
    { value: '', label: text('every') },
    ...props.found.suites.nodes.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const preview = $(async () => {
    busy.value = 'preview';
    const { data, error } = await client
      .query(retentionPreviewQuery, { rules: ruleInputs(store.rules) }, { requestPolicy: 'network-only' })
      .toPromise();
    busy.value = '';
    said.value = data ? text('would', { ...data.retentionPreview }) : (error?.message ?? '');
  });
  const save = $(async (pruneNow: boolean) => {
    busy.value = pruneNow ? 'prune' : 'save';
    faults.value = {};
    const outcome = await runMutation(saveRetentionMutation, { rules: ruleInputs(store.rules), pruneNow });
    busy.value = '';
    if (outcome.status === 'done') {
      said.value = text(pruneNow ? 'pruning' : 'saved');
      await props.onSaved$();
      return;
    }
    said.value = outcome.issues.length === 0 ? outcome.message : '';
    faults.value = Object.fromEntries(outcome.issues.map(({ path, message }) => [path, message]));
  });
  return (
    <Card title={text('title')}>
      {store.rules.map((rule, index) => (
        <fieldset key={index} class="retention-rule">
          <legend class="visually-hidden">{text('rule', { n: index + 1 })}</legend>
          <SelectField
            id={`subject-${index}`}
            label={text('subject')}
            value={rule.subject}
            options={subjects.map((value) => ({ value, label: text(value) }))}
            fault={faults.value[`rules[${index}]`]}
            onChange$={(_, element) => {
              rule.subject = subjects.find((subject) => subject === element.value) ?? rule.subject;
            }}
          />
          <SelectField
            id={`suite-${index}`}
            label={text('suite')}
            value={rule.suiteId}
            options={suites}
            fault={faults.value[`rules[${index}].suiteId`]}
            onChange$={(_, element) => {
              rule.suiteId = element.value;
            }}
          />
          <TextField
            id={`days-${index}`}
            label={text('days')}
            type="number"
            min={1}
            value={rule.days}
            placeholder={text('forEver')}
            fault={faults.value[`rules[${index}].keepDays`]}
            onInput$={(_, element) => {
              rule.days = element.value;
            }}
          />
          <TextField
            id={`runs-${index}`}
            label={text('runs')}
            type="number"
            min={1}
            value={rule.runs}
            placeholder={text('noRuns')}
            fault={faults.value[`rules[${index}].keepRuns`]}
            onInput$={(_, element) => {
              rule.runs = element.value;
            }}
          />
          <Button
            iconOnly
            icon="close"
            label={text('remove')}
            onClick$={() => {
              store.rules = store.rules.filter((_, place) => place !== index);
            }}
          />
        </fieldset>
      ))}
      <div class="row">
        <Button
          icon="add"
          label={text('add')}
          onClick$={() => {
            store.rules = [...store.rules, { subject: 'SAMPLES', suiteId: '', days: '', runs: '' }];
          }}
        />
        <Button label={text('preview')} why={offline} busy={busy.value === 'preview'} onClick$={preview} />
        <Button
          kind="primary"
          label={text('save')}
          why={offline}
          busy={busy.value === 'save'}
          onClick$={() => save(false)}
        />
        <Button
          kind="danger"
          label={text('saveAndPrune')}
          why={offline}
          busy={busy.value === 'prune'}
          onClick$={() => save(true)}
        />
      </div>
      <p role="status">{said.value}</p>
    </Card>
  );
});
