// Name, size of the run, and how text is generated.
import { component$ } from '@builder.io/qwik';
import { TextField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import type { RunDraft } from './draft.ts';
import { IssueList } from './issue-list.tsx';
import { faultOf, type Issue } from './issue-place.ts';
import { newRunTexts } from './texts.ts';

/** The step of limits; a saved suite can only be shortened. */
export const LimitsStep = component$<{ draft: RunDraft; issues: readonly Issue[] }>((props) => {
  const text = useText(newRunTexts);
  const { draft } = props;
  return (
    <section class="card" id="step-limits">
      <h2>{text('limits')}</h2>
      <IssueList issues={props.issues} place="limits" text={text} />
      <div class="field-grid">
        <TextField
          id="name"
          label={text('name')}
          hint={text('nameHint')}
          value={draft.name}
          onInput$={(_, element) => {
            draft.name = element.value;
          }}
        />
        <TextField
          id="limit"
          type="number"
          min={1}
          label={text('limit')}
          hint={text('limitHint')}
          value={draft.limit}
          fault={faultOf(props.issues, 'limits', 'limit')}
          onInput$={(_, element) => {
            draft.limit = element.value;
          }}
        />
        {draft.source === 'form' && <GenerationFields draft={draft} issues={props.issues} />}
      </div>
    </section>
  );
});

const GenerationFields = component$<{ draft: RunDraft; issues: readonly Issue[] }>((props) => {
  const text = useText(newRunTexts);
  const { draft } = props;
  const fault = (key: string) => faultOf(props.issues, 'limits', key);
  return (
    <>
      <TextField
        id="num-fewshot"
        type="number"
        min={0}
        label={text('numFewshot')}
        hint={text('fewshotHint')}
        value={draft.numFewshot}
        fault={faultOf(props.issues, 'tasks', 'num_fewshot')}
        onInput$={(_, element) => {
          draft.numFewshot = element.value;
        }}
      />
      <TextField
        id="temperature"
        label={text('temperature')}
        hint={text('temperatureHint')}
        value={draft.temperature}
        fault={fault('temperature')}
        onInput$={(_, element) => {
          draft.temperature = element.value.replace(',', '.');
        }}
      />
      <TextField
        id="max-tokens"
        type="number"
        min={1}
        label={text('maxTokens')}
        value={draft.maxTokens}
        fault={fault('max_gen_toks')}
        onInput$={(_, element) => {
          draft.maxTokens = element.value;
        }}
      />
      <TextField
        id="repeat"
        type="number"
        min={1}
        label={text('repeat')}
        value={draft.repeat}
        fault={fault('repeat')}
        onInput$={(_, element) => {
          draft.repeat = element.value;
        }}
      />
      <TextField
        id="seed"
        type="number"
        min={0}
        label={text('seed')}
        value={draft.seed}
        fault={fault('seed')}
        onInput$={(_, element) => {
          draft.seed = element.value;
        }}
      />
    </>
  );
});
