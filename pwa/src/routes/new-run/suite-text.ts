// Writes the form as the YAML of a suite file (the library writes it; quoting by hand would go wrong on names like "no").
import { stringify } from 'yaml';
import type { RunDraft } from './draft.ts';

/** The suite that the form describes. Fields that hold no number are left to the API's validation. */
export function writeSuite(draft: RunDraft): string {
  const generation = {
    ...given('temperature', draft.temperature),
    ...given('max_gen_toks', draft.maxTokens),
  };
  const suite = {
    name: draft.name.trim() === '' ? defaultName(draft) : draft.name.trim(),
    models: draft.models,
    tasks: draft.tasks.map((task) =>
      draft.numFewshot.trim() === '' ? task : { task, ...given('num_fewshot', draft.numFewshot) },
    ),
    ...(draft.retrieval ? { rag: [retrieval(draft)] } : {}),
    ...(Object.keys(generation).length === 0 ? {} : { generation }),
    ...given('limit', draft.limit),
    ...given('repeat', draft.repeat),
    ...given('seed', draft.seed),
  };
  return stringify(suite, { lineWidth: 100 });
}

/** Names the run by what is in it. */
export function defaultName(draft: Pick<RunDraft, 'models' | 'tasks'>): string {
  const [model, ...models] = draft.models;
  const [task, ...tasks] = draft.tasks;
  const more = (count: number) => (count === 0 ? '' : ` +${count}`);
  if (model === undefined || task === undefined) return 'run';
  return `${task}${more(tasks.length)} ${model}${more(models.length)}`;
}

function retrieval(draft: RunDraft): Record<string, unknown> {
  return {
    name: draft.retriever === '' ? 'rag' : draft.retriever,
    corpus: draft.corpus,
    chunker: {
      name: draft.chunker,
      ...given('size', draft.chunkSize),
      ...given('overlap', draft.chunkOverlap),
    },
    ...(draft.embedder === '' ? {} : { embedder: draft.embedder }),
    retriever: { name: draft.retriever, ...given('k', draft.k) },
  };
}

/** The field as a number when it is one, as typed when it is not, and nothing when it is empty. */
function given(key: string, text: string): Record<string, number | string> {
  if (text.trim() === '') return {};
  const value = Number(text);
  return { [key]: Number.isFinite(value) ? value : text };
}
