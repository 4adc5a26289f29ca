// The keys of a task file: lm-evaluation-harness's own (lm_eval/config/task.py TaskConfig), and ours under `bancada`.
import { z } from 'zod';
import { outputTypes } from '../request/output-type.ts';

const strings = z.union([z.string(), z.array(z.string())]);
const text = z.union([z.string(), z.number()]);
const choice = z.union([z.string(), z.array(text), z.record(z.string(), text)]);
const target = z.union([z.string(), z.number(), z.array(text)]);

const fewshotSchema = z.strictObject({
  sampler: z.enum(['default', 'first_n']).optional(),
  split: z.string().optional(),
  samples: z.array(z.record(z.string(), z.unknown())).optional(),
  fewshot_indices: z.array(z.int().min(0)).optional(),
  doc_to_text: text.optional(),
  doc_to_choice: choice.optional(),
  doc_to_target: target.optional(),
  gen_prefix: z.string().optional(),
  fewshot_delimiter: z.string().optional(),
  target_delimiter: z.string().optional(),
});

const generationSchema = z.looseObject({
  until: strings.optional(),
  max_gen_toks: z.int().min(1).optional(),
  max_new_tokens: z.int().min(1).optional(),
  max_tokens: z.int().min(1).optional(),
  temperature: z.coerce.number().min(0).optional(),
  do_sample: z.boolean().optional(),
  top_p: z.number().gt(0).max(1).optional(),
  top_k: z.int().min(0).optional(),
});

const metricSchema = z.looseObject({
  metric: z.string(),
  aggregation: z.string().optional(),
  higher_is_better: z.boolean().optional(),
  hf_evaluate: z.boolean().optional(),
});

const filterSchema = z.strictObject({
  name: z.string(),
  filter: z.array(z.looseObject({ function: z.string() })).min(1),
});

const bancadaSchema = z.strictObject({
  rag: z
    .strictObject({
      query: z.string().describe('what is looked up: a column or a template'),
      relevant: z.string().optional().describe('ids of the documents that hold the answer'),
      prompt: z.string().optional().describe('name of the prompt that the passages are put in'),
    })
    .optional(),
  id: z.string().optional().describe('the row’s own id'),
  group: z.string().optional().describe('cluster of the standard error'),
  chance: z.number().min(0).max(1).optional(),
});

/** Every key that a task file may have; which are needed is judged after the includes are merged. */
export const taskSchema = z.strictObject({
  task: z.string(),
  task_alias: z.string().optional(),
  tag: strings.optional(),
  group: strings.optional(),
  group_alias: z.string().optional(),
  include: strings.optional(),
  dataset_path: z.string().optional(),
  dataset_name: z.string().optional(),
  dataset_kwargs: z
    .looseObject({
      data_files: z.union([strings, z.record(z.string(), strings)]).optional(),
      field: z.string().optional(),
      data_dir: z.string().optional(),
    })
    .optional(),
  output_type: z.enum(outputTypes).optional(),
  training_split: z.string().optional(),
  validation_split: z.string().optional(),
  test_split: z.string().optional(),
  fewshot_split: z.string().optional(),
  fewshot_config: fewshotSchema.optional(),
  num_fewshot: z.int().min(0).optional(),
  doc_to_text: text.optional(),
  doc_to_target: target.optional(),
  doc_to_choice: choice.optional(),
  description: z.string().optional(),
  target_delimiter: z.string().optional(),
  fewshot_delimiter: z.string().optional(),
  gen_prefix: z.string().optional(),
  generation_kwargs: generationSchema.optional(),
  repeats: z.int().min(1).optional(),
  filter_list: z.array(filterSchema).min(1).optional(),
  metric_list: z.array(metricSchema).min(1).optional(),
  should_decontaminate: z.boolean().optional(),
  doc_to_decontamination_query: z.string().optional(),
  unsafe_code: z.boolean().optional(),
  metadata: z.unknown().optional(),
  bancada: bancadaSchema.optional(),
});

/** A file that others include need not name a task. */
export const partialTaskSchema = taskSchema.partial();

/** A task's configuration, includes merged. */
export type TaskConfig = z.output<typeof taskSchema>;

const memberSchema = z.union([
  z.string(),
  z.looseObject({
    task: z.union([z.string(), z.array(z.unknown())]).optional(),
    group: z.string().optional(),
  }),
]);

/** A group: a name for several tasks (lm_eval/config/group.py GroupConfig). */
export const groupSchema = z.strictObject({
  group: z.string(),
  group_alias: z.string().optional(),
  task: z.union([z.string(), z.array(memberSchema)]),
  aggregate_metric_list: z.unknown().optional(),
  metadata: z.unknown().optional(),
  tag: strings.optional(),
  include: strings.optional(),
});

/** Keys that only Python can serve; a file that has one is refused by its name. */
export const pythonKeys = [
  'class',
  'custom_dataset',
  'process_docs',
  'process_results',
  'doc_to_image',
  'doc_to_audio',
  'use_prompt',
];
