// Run.samples: the samples of a run, filtered and sorted.
import { countSamples, listSamples } from '@bancada/prisma';
import { z } from 'zod';
import { builder } from '../builder.ts';
import { decodeCursor, isId, pageArguments, pageOf, pageSize } from './connection.ts';
import { Run } from './run.ts';
import { SortDirection } from './run-status.ts';
import { Sample, SampleOutcomeEnum } from './sample.ts';

const SampleFilter = builder.inputType('SampleFilter', {
  description: 'Which samples; what is null is not asked for.',
  fields: (t) => ({
    outcome: t.field({ description: 'With this outcome.', type: SampleOutcomeEnum }),
    task: t.string({ description: 'Of this task.' }),
    model: t.string({ description: 'Of this model.' }),
    variant: t.string({ description: 'Of this variant.' }),
    search: t.string({ description: 'Part of input, target, prediction or item id, whatever the case.' }),
    evaluationId: t.id({ description: 'Of this evaluation.' }),
    minScore: t.float({ description: 'With a first score of at least this.' }),
    maxScore: t.float({ description: 'With a first score of at most this.' }),
  }),
});

const SampleSort = builder.inputType('SampleSort', {
  description: 'How to sort samples.',
  fields: (t) => ({
    field: t.field({
      description: 'By what.',
      type: builder.enumType('SampleSortField', {
        description: 'What samples are sorted by.',
        values: {
          ITEM: { description: 'The order of the plan.' },
          SCORE: { description: 'The first score.' },
          LATENCY: { description: 'Milliseconds of the longest request.' },
        } as const,
      }),
      required: true,
    }),
    direction: t.field({ description: 'Which way.', type: SortDirection, required: true }),
  }),
});

const SampleConnection = builder.connectionObject(
  { type: Sample, name: 'SampleConnection' },
  { name: 'SampleEdge' },
);

const position = z.tuple([z.uuid(), z.number(), z.number(), z.number().nullable()]);

builder.prismaObjectFields(Run, (t) => ({
  samples: t.field({
    description: 'Its samples, in the order of the plan unless sorted otherwise.',
    type: SampleConnection,
    args: {
      filter: t.arg({ description: 'Which samples; null for all.', type: SampleFilter }),
      sort: t.arg({ description: 'In which order; null for the order of the plan.', type: SampleSort }),
      ...pageArguments,
    },
    resolve: async ({ id: runId }, args, { prisma, pool }) => {
      const key = decodeCursor(args.after, position);
      const filter = Object.fromEntries(
        Object.entries(args.filter ?? {}).map(([name, value]) => [name, value ?? undefined]),
      );
      if (filter.evaluationId !== undefined && !isId(String(filter.evaluationId))) {
        return pageOf(
          [],
          args,
          () => [],
          async () => 0,
        ) as never;
      }
      const { samples, hasNextPage } = await listSamples(pool, runId, {
        filter,
        ...(args.sort ? { sort: args.sort } : {}),
        first: pageSize(args),
        after: key && { evaluationId: key[0], item: key[1], repeat: key[2], value: key[3] },
      });
      const cells = await prisma.evaluation.findMany({
        where: { runId },
        select: { id: true, runId: true, task: true, model: true, variant: true },
      });
      const cellOf = new Map(cells.map((cell) => [cell.id, cell]));
      const page = pageOf(
        samples.map((sample) => ({ ...sample, evaluation: cellOf.get(sample.evaluationId) })),
        args,
        ({ position: { evaluationId, item, repeat, value } }) => [evaluationId, item, repeat, value],
        () => countSamples(pool, runId, filter),
      );
      return { ...page, pageInfo: { ...page.pageInfo, hasNextPage } } as never;
    },
  }),
}));
