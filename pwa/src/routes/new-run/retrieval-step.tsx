// Whether, and how, contexts are retrieved: one variant beside closed book.
import { component$ } from '@builder.io/qwik';
import { CheckField, SelectField, TextField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import type { RunDraft } from './draft.ts';
import { IssueList } from './issue-list.tsx';
import { faultOf, type Issue } from './issue-place.ts';
import type { Choices } from './new-run-query.ts';
import { newRunTexts } from './texts.ts';

/** The step of retrieval; its fields begin with the first of each registry. */
export const RetrievalStep = component$<{
  draft: RunDraft;
  choices: Choices;
  issues: readonly Issue[];
}>((props) => {
  const text = useText(newRunTexts);
  const { draft, choices } = props;
  const retrieving = choices.tasks.nodes.filter((task) => task.retrieves).map((task) => task.name);
  const pointless = draft.retrieval && !draft.tasks.some((task) => retrieving.includes(task));
  return (
    <section class="card" id="step-retrieval">
      <h2>{text('retrieval')}</h2>
      <p class="soft">{text('retrievalHint')}</p>
      <CheckField
        label={text('withRetrieval')}
        checked={draft.retrieval}
        onChange$={(_, element) => {
          if (element.checked) fillRetrieval(draft, choices);
          draft.retrieval = element.checked;
        }}
      />
      {pointless && <p class="notice warn">{text('noRetrieving')}</p>}
      <IssueList issues={props.issues} place="retrieval" text={text} />
      {draft.retrieval && <RetrievalFields draft={draft} choices={choices} issues={props.issues} />}
    </section>
  );
});

const RetrievalFields = component$<{
  draft: RunDraft;
  choices: Choices;
  issues: readonly Issue[];
}>((props) => {
  const text = useText(newRunTexts);
  const { draft, choices } = props;
  const fault = (key: string) => faultOf(props.issues, 'retrieval', key);
  const named = (entries: readonly { readonly name: string }[]) => [
    { value: '', label: text('choose') },
    ...entries.map(({ name }) => ({ value: name, label: name })),
  ];
  const embedders = choices.models.nodes.filter((model) => model.kind.toLowerCase().startsWith('embed'));
  return (
    <div class="field-grid">
      <SelectField
        id="corpus"
        label={text('corpus')}
        value={draft.corpus}
        options={named(choices.catalog.corpora)}
        fault={fault('corpus')}
        onChange$={(_, element) => {
          draft.corpus = element.value;
        }}
      />
      <SelectField
        id="retriever"
        label={text('retriever')}
        value={draft.retriever}
        options={named(choices.catalog.retrievers)}
        fault={fault('retriever')}
        onChange$={(_, element) => {
          draft.retriever = element.value;
        }}
      />
      <SelectField
        id="embedder"
        label={text('embedder')}
        value={draft.embedder}
        options={[
          { value: '', label: text('noEmbedder') },
          ...embedders.map(({ name }) => ({ value: name, label: name })),
        ]}
        fault={fault('embedder')}
        onChange$={(_, element) => {
          draft.embedder = element.value;
        }}
      />
      <TextField
        id="k"
        type="number"
        min={1}
        label={text('k')}
        value={draft.k}
        fault={fault('k')}
        onInput$={(_, element) => {
          draft.k = element.value;
        }}
      />
      <SelectField
        id="chunker"
        label={text('chunker')}
        value={draft.chunker}
        options={named(choices.catalog.chunkers)}
        fault={fault('name')}
        onChange$={(_, element) => {
          draft.chunker = element.value;
        }}
      />
      <TextField
        id="chunk-size"
        type="number"
        min={1}
        label={text('chunkSize')}
        value={draft.chunkSize}
        fault={fault('size')}
        onInput$={(_, element) => {
          draft.chunkSize = element.value;
        }}
      />
      <TextField
        id="chunk-overlap"
        type="number"
        min={0}
        label={text('chunkOverlap')}
        value={draft.chunkOverlap}
        fault={fault('overlap')}
        onInput$={(_, element) => {
          draft.chunkOverlap = element.value;
        }}
      />
    </div>
  );
});

function fillRetrieval(draft: RunDraft, choices: Choices): void {
  const { corpora, retrievers, chunkers } = choices.catalog;
  const embedder = choices.models.nodes.find((model) => model.kind.toLowerCase().startsWith('embed'));
  draft.corpus ||= corpora[0]?.name ?? '';
  draft.embedder ||= embedder?.name ?? '';
  draft.retriever ||= (retrievers.find(({ name }) => name === 'vectra') ?? retrievers[0])?.name ?? '';
  if (!chunkers.some(({ name }) => name === draft.chunker)) draft.chunker = chunkers[0]?.name ?? '';
}
