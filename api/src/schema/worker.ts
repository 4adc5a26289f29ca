// Worker: a process that executes jobs, and the machine under it.
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { hardwareSeries } from '../hardware-series.ts';
import { HardwareSeries } from './hardware.ts';

// Three missed heartbeats.
const aliveMs = 15_000;

const Worker = builder.prismaNode('Worker', {
  description: 'A process that executes jobs, and the machine under it.',
  id: { field: 'id' },
  authScopes: reads,
  fields: (t) => ({
    node: t.exposeString('node', { description: 'The machine.' }),
    labels: t.exposeStringList('labels', {
      description: 'What it offers, e.g. `gpu`; suites can ask for one.',
    }),
    version: t.exposeString('version', { description: 'Of Bancada.' }),
    pid: t.exposeInt('pid', { description: 'Its process on the machine.' }),
    machine: t.expose('machine', {
      description: 'Processor, memory, system and graphics processors.',
      type: 'JSON',
    }),
    alive: t.boolean({
      description: 'Whether it has been heard of within 15 seconds.',
      resolve: ({ stoppedAt, heartbeatAt }) =>
        stoppedAt === null && Date.now() - heartbeatAt.getTime() < aliveMs,
    }),
    startedAt: t.expose('startedAt', { description: 'When it started.', type: 'DateTime' }),
    heartbeatAt: t.expose('heartbeatAt', { description: 'When it was last heard of.', type: 'DateTime' }),
    hardware: t.loadableList({
      description: 'What the machine did lately.',
      type: HardwareSeries,
      args: {
        minutes: t.arg.int({
          description: 'Of so many minutes past, 1 to 1440.',
          defaultValue: 10,
          validate: z.number().min(1).max(1440).nullish(),
        }),
        maxPoints: t.arg.int({
          description: 'At most so many points in each series, 3 to 5000.',
          defaultValue: 300,
          validate: z.number().min(3).max(5000).nullish(),
        }),
      },
      byPath: true,
      load: async (workerIds: string[], { pool }, { minutes, maxPoints }) => {
        const to = new Date();
        const from = new Date(to.getTime() - (minutes ?? 10) * 60_000);
        const series = await hardwareSeries(pool, { from, to, workerIds }, maxPoints ?? 300);
        const found = Map.groupBy(series, ({ workerId }) => workerId);
        return workerIds.map((id) => found.get(id) ?? []);
      },
      resolve: ({ id }) => id,
    }),
  }),
});

builder.queryField('workers', (t) =>
  t.prismaField({
    type: [Worker],
    authScopes: reads,
    description: 'Those at work, and those that stopped within a day.',
    resolve: (query, _root, _args, { prisma }) =>
      prisma.worker.findMany({
        ...query,
        where: { heartbeatAt: { gt: new Date(Date.now() - 86_400_000) } },
        orderBy: [{ node: 'asc' }, { startedAt: 'desc' }],
      }),
  }),
);
