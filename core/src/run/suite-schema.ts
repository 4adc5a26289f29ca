// The form of a suite file (contract.md §3), published as JSON Schema in `core/schema/suite.json`.
import { z } from 'zod';
import { ragVariantSchema } from '../rag/variant.ts';

/** What may be set for every generation of a suite; the names are those of `generation_kwargs` in task files. */
export const generationSchema = z.strictObject({
  temperature: z.number().min(0).optional().describe('0 is greedy decoding'),
  top_p: z.number().gt(0).max(1).optional(),
  top_k: z.int().min(1).optional(),
  max_gen_toks: z.int().min(1).optional().describe('longest answer in tokens'),
  do_sample: z.boolean().optional(),
  until: z.array(z.string()).optional().describe('stop strings'),
});

/** What a suite may change of a task. */
export const taskSettingsSchema = z.strictObject({
  num_fewshot: z.int().min(0).optional(),
  limit: z.int().min(1).optional().describe('at most so many items'),
  apply_chat_template: z.boolean().optional(),
  fewshot_as_multiturn: z.boolean().optional(),
  system_instruction: z.string().optional(),
});

const taskSchema = z.union([
  z.string().min(1).describe('name of a task or a group, or path of its file'),
  taskSettingsSchema.extend({ task: z.string().min(1), generation_kwargs: generationSchema.optional() }),
]);

const modelSchema = z.union([
  z.string().min(1).describe('name of a model, name:variant, or path of a .gguf file or a model folder'),
  z.looseObject({ provider: z.string().min(1), name: z.string().min(1).optional() }),
]);

const gateSchema = z.strictObject({
  metric: z.string().min(1),
  filter: z.string().min(1).optional(),
  task: z.string().min(1),
  model: z.string().min(1),
  variant: z
    .string()
    .min(1)
    .optional()
    .describe('without it: every RAG variant, or closed-book when there is none'),
  min: z.number().optional(),
  max: z.number().optional(),
  baseline: z
    .string()
    .min(1)
    .optional()
    .describe(
      'an earlier run to compare with, item by item: last-success, the id of a run, or (command line) a results.sqlite',
    ),
  max_regression: z
    .literal('significant')
    .optional()
    .describe(
      'missed when worse than the baseline by more than chance: paired test at 0.05, Holm over gates',
    ),
  max_drop: z.number().min(0).optional().describe('missed when worse than the baseline by more than this'),
});

const axisValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A suite file. */
export const suiteSchema = z.strictObject({
  name: z.string().min(1).describe('name of the suite and of its runs'),
  description: z.string().optional(),
  models: z.array(modelSchema).min(1),
  tasks: z.array(taskSchema).min(1),
  rag: z
    .array(ragVariantSchema)
    .default([])
    .describe('variants beside closed-book, for tasks that name a retrieval query'),
  matrix: z
    .record(z.string(), z.array(axisValueSchema).min(1))
    .default({})
    .describe('every combination of these lists: rag.<path>, generation.<key>, or a setting of tasks'),
  generation: generationSchema.default({}),
  seed: z.int().min(0).default(1234),
  repeat: z.int().min(1).default(1).describe('how often each item is asked'),
  limit: z.int().min(1).optional().describe('at most so many items of each task'),
  gates: z.array(gateSchema).default([]).describe('promises that a run is checked against'),
});

/** A suite with its defaults filled in. */
export type SuiteDefinition = z.infer<typeof suiteSchema>;

/** One entry of `gates`. */
export type Gate = SuiteDefinition['gates'][number];

/** One entry of `models`. */
export type SuiteModel = SuiteDefinition['models'][number];

/** One entry of `tasks`. */
export type SuiteTask = SuiteDefinition['tasks'][number];
