// datasetTask: the task file for columns that a person picks; saveTask then saves it.
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { taskText } from '../dataset/task-text.ts';
import { NotFoundError, ValidationError } from './error.ts';

const DatasetTaskForm = builder.enumType('DatasetTaskForm', {
  description: 'How a task made from a data set asks.',
  values: {
    GENERATE_UNTIL: { value: 'generate_until', description: 'The model writes an answer; exact_match.' },
    CHAT: { value: 'chat', description: 'The same through the chat template.' },
    MULTIPLE_CHOICE: { value: 'multiple_choice', description: 'The likeliest choice; acc and acc_norm.' },
    LOGLIKELIHOOD: { value: 'loglikelihood', description: 'How likely the answer is; perplexity and acc.' },
    LOGLIKELIHOOD_ROLLING: {
      value: 'loglikelihood_rolling',
      description: 'How likely whole texts are; perplexity by word and byte.',
    },
  } as const,
});

const ChoiceAnswerEnum = builder.enumType('DatasetChoiceAnswer', {
  description: 'How the answer column tells the right choice.',
  values: {
    INDEX: { value: 'index', description: 'Its number, from 0.' },
    LETTER: { value: 'letter', description: 'Its letter, from A.' },
    TEXT: { value: 'text', description: 'Its own text.' },
  } as const,
});

const DatasetTaskInput = builder.inputType('DatasetTaskInput', {
  description: 'Columns of a data set, put to their uses.',
  fields: (t) => ({
    task: t.string({ required: true, description: 'Name of the task.' }),
    dataset: t.string({ required: true, description: 'Name of a registered data set.' }),
    version: t.int({ description: 'Pins the task to a version; null follows the newest.' }),
    split: t.string({ required: true, description: 'The split that is evaluated.' }),
    form: t.field({ type: DatasetTaskForm, required: true, description: 'How it asks.' }),
    question: t.string({ required: true, description: 'Column of the question, or of the whole text.' }),
    answer: t.string({ description: 'Column of the right answer; not for LOGLIKELIHOOD_ROLLING.' }),
    choices: t.stringList({
      description: 'MULTIPLE_CHOICE: one column with a list, or one column for each choice.',
    }),
    choiceAnswer: t.field({
      type: ChoiceAnswerEnum,
      defaultValue: 'index',
      description: 'MULTIPLE_CHOICE: how the answer column tells the right one.',
    }),
    fewshotSplit: t.string({ description: 'Where solved examples come from.' }),
    numFewshot: t.int({
      defaultValue: 0,
      validate: z.number().min(0).max(64).nullish(),
      description: 'Solved examples before each question, 0 to 64.',
    }),
    maxTokens: t.int({
      defaultValue: 64,
      validate: z.number().min(1).max(100_000).nullish(),
      description: 'Tokens of an answer at most.',
    }),
    description: t.string({ description: 'Put before every prompt.' }),
  }),
});

const DatasetTaskSuccess = builder.objectRef<{ data: string }>('QueryDatasetTaskSuccess').implement({
  description: 'The task file.',
  authScopes: reads,
  fields: (t) => ({ data: t.exposeString('data', { description: 'YAML, for `saveTask`.' }) }),
});

const DatasetTaskResult = builder.errorUnion('DatasetTaskResult', {
  description: 'The task file, or which column does not fit.',
  types: [DatasetTaskSuccess, ValidationError, NotFoundError],
  resolveType: () => 'QueryDatasetTaskSuccess',
});

builder.queryField('datasetTask', (t) =>
  t.field({
    type: DatasetTaskResult,
    authScopes: reads,
    description: "A task in lm-evaluation-harness's format over the columns of a data set. Nothing is saved.",
    args: { input: t.arg({ type: DatasetTaskInput, required: true, description: 'What is picked.' }) },
    resolve: async (_root, { input }, { prisma }) => {
      const dataset = await prisma.dataset.findUnique({
        where: { name: input.dataset },
        include: { versions: { orderBy: { version: 'desc' } } },
      });
      if (dataset === null) throw new NotFoundError('data set', input.dataset);
      const version = dataset.versions.find((one) => one.version === (input.version ?? one.version));
      if (version === undefined) throw new NotFoundError('version', `${input.dataset}@${input.version}`);
      const splits = version.splits as unknown as { name: string; columns?: string[] }[];
      const split = splits.find((one) => one.name === input.split);
      if (split === undefined) throw unknownSplit('split', input.split, splits);
      if (input.fewshotSplit && !splits.some((one) => one.name === input.fewshotSplit)) {
        throw unknownSplit('fewshotSplit', input.fewshotSplit, splits);
      }
      const data = taskText({
        task: input.task,
        dataset: input.dataset,
        version: input.version ?? undefined,
        testSplit: input.split,
        fewshotSplit: input.fewshotSplit ?? undefined,
        numFewshot: input.numFewshot ?? 0,
        form: input.form,
        question: input.question,
        answer: input.answer ?? undefined,
        choices: input.choices ?? [],
        choiceAnswer: input.choiceAnswer ?? 'index',
        description: input.description ?? undefined,
        maxTokens: input.maxTokens ?? 64,
        columns: split.columns ?? [],
      });
      return { data } as never;
    },
  }),
);

function unknownSplit(
  path: string,
  value: string,
  splits: readonly { readonly name: string }[],
): ValidationError {
  const known = splits.map(({ name }) => name).join(', ');
  return new ValidationError([
    { path, message: `${path}: there is no split "${value}"; allowed: ${known}`, value },
  ]);
}
