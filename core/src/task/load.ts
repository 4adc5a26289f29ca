// Opens a task: its file, its data, its first row as a trial, and everything compiled.
import type { Dataset, Row } from '../dataset/dataset.ts';
import { BancadaError } from '../errors.ts';
import type { Template } from '../prompt/jinja.ts';
import { loadPrompt } from '../prompt/prompt-file.ts';
import type { OutputType } from '../request/output-type.ts';
import { checked, locate } from '../yaml.ts';
import { type FewShotSampler, fewShotSampler } from './few-shot.ts';
import { compileFields, type TaskFields } from './fields.ts';
import { filterPipelines } from './filter-list.ts';
import { forms } from './form/registry.ts';
import { generationOf } from './generation.ts';
import { ItemWalk } from './item.ts';
import { metricScorers, taskMetrics } from './metric-list.ts';
import { QuestionBuilder, type QuestionStyle } from './question.ts';
import type { TaskContext, TaskReference } from './reference.ts';
import { chooseSplits, type TaskSplits } from './splits.ts';
import type { Task } from './task.ts';
import { openTaskData } from './task-data.ts';
import { fingerprintOf, versionOf } from './task-identity.ts';
import { findTask } from './task-index.ts';
import { type TaskConfig, taskSchema } from './task-schema.ts';
import { readTaskFile, type TaskSource } from './task-source.ts';

export type { TaskContext, TaskReference } from './reference.ts';

/**
 * Opens a task by name or file. The first row is tried, so that a wrong column or template is known before the first question.
 * @throws BancadaError with file, line and key for faults of the task; UNKNOWN_NAME, FILE_INVALID, DATASET_EMPTY, FIELD_MISSING for its data.
 */
export async function loadTask(reference: TaskReference, context: TaskContext): Promise<Task> {
  const source = withChanges(await readTask(reference, context), reference);
  const { config } = source;
  const outputType = config.output_type ?? 'generate_until';
  requireKeys(source, outputType);
  const dataset = await openTaskData(source, context);
  const splits = chooseSplits(source, dataset);
  const first = await firstRow(dataset, splits.evaluated);
  const fields = compileFields(source, new Set(Object.keys(first)));
  const scorers = metricScorers(source, outputType);
  const pipelines = filterPipelines(source);
  const style = await questionStyle(reference, source, fields, first, context);
  const numFewshot = outputType === 'loglikelihood_rolling' ? 0 : (config.num_fewshot ?? 0);
  const { contextPerChoice } = style;
  const walk = new ItemWalk({
    dataset,
    split: splits.evaluated,
    fields,
    form: forms[outputType]({
      fields,
      scorers,
      pipelines,
      generation: generationOf(config.generation_kwargs, fields.fewshotDelimiter),
      choiceDelimiter: choiceDelimiter(style, config, fields),
      contextPerChoice,
      repeats: config.repeats ?? 1,
      seed: context.seed,
    }),
    builder: new QuestionBuilder(fields, style),
    sampler: () => openSampler(dataset, splits, config, numFewshot, context.seed),
  });
  await walk.tryRow(first);
  const resolved = { ...config, output_type: outputType, num_fewshot: numFewshot, ...styleFacts(style) };
  const rows = dataset.splits.find(({ name }) => name === splits.evaluated)?.rows;
  const filterNames = pipelines.map(({ name }) => name);
  return {
    name: config.task,
    dataset,
    split: splits.evaluated,
    outputType,
    numFewshot,
    metrics: taskMetrics(scorers, filterNames),
    retrieves: fields.query !== undefined,
    version: versionOf(config),
    fingerprint: fingerprintOf(resolved, dataset, splits, context.seed),
    config: resolved,
    items: (options) => walk.items(options),
    count: (limit) => (rows === undefined ? undefined : Math.min(rows, limit ?? rows)),
  };
}

/** Text or chat, and what retrieved passages are put in. The first row tells whether each choice has its own context. */
async function questionStyle(
  reference: TaskReference,
  source: TaskSource,
  fields: TaskFields,
  first: Row,
  { homes }: TaskContext,
): Promise<QuestionStyle> {
  const { config } = source;
  const chat = config.output_type === 'chat' || (reference.apply_chat_template ?? false);
  const multiturn = reference.fewshot_as_multiturn ?? true;
  return {
    form: chat ? (multiturn ? 'multiturn' : 'singleturn') : 'text',
    systemInstruction: reference.system_instruction,
    contextPerChoice: fields.choices !== undefined && typeof fields.question(first, 'row 1') === 'number',
    ragPrompt: await ragPrompt(reference.rag_prompt, source, homes),
  };
}

async function ragPrompt(
  wanted: string | undefined,
  { config, place }: TaskSource,
  homes: readonly string[],
): Promise<Template | undefined> {
  const own = config.bancada?.rag?.prompt;
  const name = wanted ?? own;
  if (name === undefined) return undefined;
  try {
    return (await loadPrompt(name, homes)).template;
  } catch (thrown) {
    if (wanted !== undefined || !(thrown instanceof BancadaError)) throw thrown;
    const { file, text = '' } = place('bancada');
    const at = ['bancada', 'rag', 'prompt'];
    throw thrown.at({ file, line: locate(text, at), key: at.join('.') });
  }
}

/** A chat template ends where an answer begins: nothing comes between, unless the answer's beginning is given. */
function choiceDelimiter(
  { form }: QuestionStyle,
  { gen_prefix: prefix }: TaskConfig,
  fields: TaskFields,
): string {
  const continues = form === 'text' || (prefix !== undefined && prefix !== '' && !/\s$/.test(prefix));
  return continues ? fields.targetDelimiter : '';
}

function styleFacts({
  form,
  systemInstruction,
  ragPrompt,
}: QuestionStyle): Readonly<Record<string, unknown>> {
  return { prompt_form: form, system_instruction: systemInstruction, rag_prompt: ragPrompt?.source };
}

async function readTask(reference: TaskReference, context: TaskContext): Promise<TaskSource> {
  const entry = await findTask(reference.task, context);
  const source = await readTaskFile(entry.files[0] as string, context.homes);
  if (source.type === 'task' && entry.kind !== 'tag') return source;
  throw new BancadaError('INVALID_INPUT', `"${reference.task}" stands for several tasks`, {
    key: 'task',
    value: reference.task,
    allowed: 'one task',
    hint: 'Expand it first',
  });
}

/** What the reference changes of the file's configuration. */
function withChanges(source: TaskSource, { num_fewshot, generation_kwargs }: TaskReference): TaskSource {
  const config = { ...source.config, ...(num_fewshot === undefined ? {} : { num_fewshot }) };
  const generates = ['generate_until', 'chat'].includes(config.output_type ?? 'generate_until');
  if (generation_kwargs === undefined || !generates) return { ...source, config };
  const merged = { ...config.generation_kwargs, ...generation_kwargs };
  const kwargs = checked(taskSchema.shape.generation_kwargs, merged, { file: 'generation' });
  return { ...source, config: { ...config, generation_kwargs: kwargs } };
}

function requireKeys({ config, place }: TaskSource, outputType: OutputType): void {
  const needed: (keyof TaskConfig)[] =
    outputType === 'loglikelihood_rolling' ? ['doc_to_target'] : ['doc_to_text', 'doc_to_target'];
  if (outputType === 'multiple_choice') needed.push('doc_to_choice');
  const missing = needed.find((key) => config[key] === undefined);
  if (missing)
    throw new BancadaError('INVALID_INPUT', `"${missing}" is missing`, {
      file: place('output_type').file,
      key: missing,
      hint: `output_type ${outputType} needs it`,
    });
}

async function firstRow(dataset: Dataset, split: string): Promise<Row> {
  for await (const row of dataset.rows(split)) return row;
  throw new BancadaError('DATASET_EMPTY', `split "${split}" of data set "${dataset.name}" has no row`);
}

async function openSampler(
  dataset: Dataset,
  splits: TaskSplits,
  config: TaskConfig,
  count: number,
  seed: number,
): Promise<FewShotSampler> {
  if (count === 0) return () => [];
  const { sampler = 'default', fewshot_indices: indices } = config.fewshot_config ?? {};
  const all = splits.samples ?? (await Array.fromAsync(dataset.rows(splits.fewshot)));
  const pool = indices?.map((index) => all[index]).filter((row) => row !== undefined) ?? all;
  return fewShotSampler(pool, { sampler, count, excludesItself: splits.excludesItself, seed });
}
