// playground: tries a prompt with a model and streams what is written.
import type { NumberedPiece, PlaygroundPiece, PlaygroundRequest } from '@bancada/prisma';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { builder, reads, writes } from '../builder.ts';
import { variablesOf } from '../configuration/checked-prompt.ts';
import { checkedTask } from '../configuration/checked-task.ts';
import type { Services } from '../context.ts';
import { openPlayground } from '../playground.ts';
import { ValidationError } from './error.ts';

const mostSamples = 20;
const mostTokens = 4096;

const PlaygroundInput = builder.inputType('PlaygroundInput', {
  description:
    'A model, and what to ask it: a template or a saved prompt, a task, or both. Of prompt and template one at most.',
  fields: (t) => ({
    model: t.string({ required: true, description: 'Name of a registered language model.' }),
    template: t.string({ description: 'Jinja.' }),
    prompt: t.string({ description: 'Name of a saved prompt: `mine`, `mine@production` or `mine@3`.' }),
    variables: t.field({
      type: 'JSON',
      description: 'An object with values for the template; they hold over those of a row.',
    }),
    task: t.string({
      description:
        'Name of a task whose first rows are tried. The template reads the columns, `prompt` (the question as the task puts it) and `target`; without a template the task asks itself. Answers are scored.',
    }),
    taskYaml: t.string({
      description: 'The text of a task that is not saved, tried like `task`; of the two one at most.',
    }),
    dataset: t.string({ description: 'Name of a data set whose first rows are tried; nothing is scored.' }),
    split: t.string({ description: 'Of the data set; its first one when left out.' }),
    samples: t.int({
      defaultValue: 5,
      validate: z.number().int().min(1).max(mostSamples).nullish(),
      description: `Rows of the task or data set, 1 to ${mostSamples}.`,
    }),
    chat: t.boolean({
      defaultValue: false,
      description: "Sends the prompt as a user's message through the model's chat template.",
    }),
    temperature: t.float({
      defaultValue: 0,
      validate: z.number().min(0).max(5).nullish(),
      description: '0 is greedy decoding.',
    }),
    maxTokens: t.int({
      validate: z.number().int().min(1).max(mostTokens).nullish(),
      description: `Longest answer in tokens, 1 to ${mostTokens}; the task's own, or 256, when left out.`,
    }),
    seed: t.int({ defaultValue: 1234, description: 'Of the few-shot draws and of sampling.' }),
  }),
});

const PieceType = builder.enumType('PlaygroundChunkType', {
  description: 'What a chunk tells.',
  values: {
    PROMPT: { description: 'The rendered prompt of a sample, and its target.' },
    TEXT: { description: 'A piece of generated text, to be put behind the pieces before it.' },
    ANSWER: { description: 'The whole answer with its scores; it holds over the pieces.' },
    FAILED: { description: 'A sample, or all of it, could not be answered.' },
    DONE: { description: 'Nothing more comes.' },
  } as const,
});

interface ScoreOf {
  readonly metric: string;
  readonly filter: string;
  readonly value: number;
}

const PlaygroundScore = builder.objectRef<ScoreOf>('PlaygroundScore').implement({
  authScopes: reads,
  description: 'What one metric of the task says of an answer.',
  fields: (t) => ({
    metric: t.exposeString('metric', { description: 'Name of the metric.' }),
    filter: t.exposeString('filter', { description: 'Name of the filter pipeline; `none` by default.' }),
    value: t.exposeFloat('value', { description: 'In the unit of the metric.' }),
  }),
});

const PlaygroundChunk = builder.objectRef<NumberedPiece>('PlaygroundChunk').implement({
  authScopes: reads,
  description: 'Something that was told at the playground.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Counts up from 1 without a gap.' }),
    type: t.field({
      type: PieceType,
      description: 'Says which of the other fields are set.',
      resolve: ({ piece }) => piece.type.toUpperCase() as 'DONE',
    }),
    index: t.int({
      nullable: true,
      description: 'Which sample, from 0; null when it is about all.',
      resolve: ({ piece }) => ('index' in piece ? (piece.index ?? null) : null),
    }),
    prompt: t.string({
      nullable: true,
      description: 'PROMPT: as the model is given it.',
      resolve: ({ piece }) => (piece.type === 'prompt' ? piece.prompt : null),
    }),
    target: t.string({
      nullable: true,
      description: 'PROMPT: the right answer; null without a task.',
      resolve: ({ piece }) => (piece.type === 'prompt' ? (piece.target ?? null) : null),
    }),
    text: t.string({
      nullable: true,
      description: 'TEXT: a piece; ANSWER: the whole.',
      resolve: ({ piece }) => ('text' in piece ? piece.text : null),
    }),
    prediction: t.string({
      nullable: true,
      description: 'ANSWER: what is scored, after the filters; null without a task.',
      resolve: ({ piece }) => answer(piece)?.prediction ?? null,
    }),
    scores: t.field({
      type: [PlaygroundScore],
      description: 'ANSWER: by metric and filter; empty without a task.',
      resolve: ({ piece }) => [...(answer(piece)?.scores ?? [])],
    }),
    outputTokens: t.int({
      nullable: true,
      description: 'ANSWER: tokens that were generated or scored.',
      resolve: ({ piece }) => answer(piece)?.outputTokens ?? null,
    }),
    ttftMs: t.float({
      nullable: true,
      description: 'ANSWER: time to first token, milliseconds.',
      resolve: ({ piece }) => answer(piece)?.ttftMs ?? null,
    }),
    e2eMs: t.float({
      nullable: true,
      description: 'ANSWER: from the question to the last token, milliseconds.',
      resolve: ({ piece }) => answer(piece)?.e2eMs ?? null,
    }),
    message: t.string({
      nullable: true,
      description: 'FAILED: why.',
      resolve: ({ piece }) => (piece.type === 'failed' ? piece.message : null),
    }),
  }),
});

function answer(piece: PlaygroundPiece): Extract<PlaygroundPiece, { type: 'answer' }> | undefined {
  return piece.type === 'answer' ? piece : undefined;
}

builder.subscriptionField('playground', (t) =>
  t.field({
    type: PlaygroundChunk,
    authScopes: writes,
    description:
      'A worker answers; ending the subscription stops it. At most 5 minutes. A wrong input is an error before the first chunk.',
    args: { input: t.arg({ type: PlaygroundInput, required: true, description: 'What to try.' }) },
    subscribe: async (_root, { input }, context) => {
      try {
        return await openPlayground(context, await requestOf(context, input));
      } catch (thrown) {
        if (!(thrown instanceof ValidationError)) throw thrown;
        const { issues, message } = thrown;
        throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', issues } });
      }
    },
    resolve: (numbered: NumberedPiece) => numbered,
  }),
);

async function requestOf(
  services: Services,
  input: typeof PlaygroundInput.$inferInput,
): Promise<PlaygroundRequest> {
  const template = await templateOf(services, input);
  if (template !== undefined) variablesOf(template);
  const task = await taskOf(services, input);
  if (template === undefined && !task)
    throw wrong('template', null, 'template: a template, a prompt or a task is wanted');
  if (task && input.dataset)
    throw wrong('dataset', input.dataset, 'dataset: of task and data set one at most');
  const workers = await services.prisma.worker.count({ where: { stoppedAt: null } });
  if (workers === 0) throw wrong('', null, 'no worker is running that could answer');
  return {
    model: input.model,
    template,
    variables: variablesGiven(input.variables),
    task: task?.name,
    taskText: task?.text,
    dataset: input.dataset ? { name: input.dataset, split: input.split ?? undefined } : undefined,
    samples: input.samples ?? 5,
    chat: input.chat ?? false,
    temperature: input.temperature ?? 0,
    maxTokens: input.maxTokens ?? undefined,
    seed: input.seed ?? 1234,
  };
}

async function taskOf(
  services: Services,
  { task, taskYaml }: typeof PlaygroundInput.$inferInput,
): Promise<{ readonly name: string; readonly text: string | undefined } | undefined> {
  if (task && taskYaml) throw wrong('taskYaml', null, 'taskYaml: of task and taskYaml one at most');
  if (!taskYaml) return task ? { name: task, text: undefined } : undefined;
  const { name, yaml, warnings } = await checkedTask(services, { yaml: taskYaml });
  if (warnings.length > 0) throw new ValidationError(warnings);
  return { name, text: yaml };
}

async function templateOf(
  { prisma }: Services,
  { prompt, template }: typeof PlaygroundInput.$inferInput,
): Promise<string | undefined> {
  if (prompt && template) throw wrong('template', template, 'template: of prompt and template one at most');
  if (!prompt) return template ?? undefined;
  const [name = '', wanted] = prompt.split('@');
  const which =
    wanted === undefined
      ? {}
      : /^\d+$/.test(wanted)
        ? { version: Number(wanted) }
        : { labels: { has: wanted } };
  const version = await prisma.promptVersion.findFirst({
    where: { prompt: { name }, ...which },
    orderBy: { version: 'desc' },
  });
  if (version === null) throw wrong('prompt', prompt, `prompt: there is no "${prompt}"`);
  return version.template;
}

function variablesGiven(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong('variables', value, 'variables: an object with a value for each name');
}

function wrong(path: string, value: unknown, message: string): ValidationError {
  return new ValidationError([{ path, message, value }]);
}
