// Run: one execution of a suite, the lists of runs, and what a run holds.
import type { GateResult, RunWarning as WarningRecord } from '@bancada/core';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { hardwareSeries } from '../hardware-series.ts';
import { runPhases } from '../run-phases.ts';
import { isId, pageArguments } from './connection.ts';
import './evaluation.ts';
import { HardwareSeries } from './hardware.ts';
import { LogConnection, runLogs } from './log.ts';
import { Metric, metricsOf } from './metric.ts';
import { Progress, progressOf } from './progress.ts';
import { RunStatusEnum } from './run-status.ts';
import { Gate, RunWarning } from './run-warning.ts';

const RunPhase = builder
  .objectRef<{ label: string; evaluationId: string; startedAt: Date; finishedAt: Date | null }>('RunPhase')
  .implement({
    authScopes: reads,
    fields: (t) => ({
      label: t.exposeString('label'),
      evaluationId: t.exposeID('evaluationId'),
      startedAt: t.expose('startedAt', { type: 'DateTime' }),
      finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    }),
  });

/** GraphQL type `Run`. */
export const Run = builder.prismaNode('Run', {
  id: { field: 'id' },
  select: { id: true },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name'),
    status: t.expose('status', { type: RunStatusEnum }),
    createdBy: t.relation('createdBy', {
      nullable: true,
      description: 'Who asked for it; null for the local user, schedules and users who were deleted.',
    }),
    config: t.exposeString('config', { description: "The suite's YAML as given." }),
    snapshot: t.expose('snapshot', { type: 'JSON', nullable: true }),
    error: t.exposeString('error', { nullable: true }),
    suite: t.relation('suite', { nullable: true }),
    limit: t.exposeInt('limit', { nullable: true }),
    progress: t.field({
      type: Progress,
      select: { done: true, total: true, failed: true, rate: true },
      resolve: (run) => progressOf(run),
    }),
    evaluations: t.relation('evaluations', { query: { orderBy: { position: 'asc' } } }),
    metrics: t.field({
      type: [Metric],
      select: {
        evaluations: {
          select: { task: true, model: true, variant: true, metrics: true },
          orderBy: { position: 'asc' },
        },
      },
      resolve: ({ evaluations }) => evaluations.flatMap(metricsOf),
    }),
    hardware: t.field({
      type: [HardwareSeries],
      args: { maxPoints: t.arg.int({ defaultValue: 500, validate: z.number().min(3).max(5000).nullish() }) },
      select: { startedAt: true, finishedAt: true },
      resolve: ({ startedAt, finishedAt }, { maxPoints }, { pool }) =>
        startedAt === null
          ? []
          : hardwareSeries(pool, { from: startedAt, to: finishedAt ?? new Date() }, maxPoints ?? 500),
    }),
    logs: t.field({
      type: LogConnection,
      args: { level: t.arg.string(), search: t.arg.string(), ...pageArguments },
      resolve: ({ id }, args, context) => runLogs(context, id, args),
    }),
    gates: t.field({
      type: [Gate],
      select: { gates: true },
      resolve: ({ gates }) => gates as unknown as GateResult[],
    }),
    warnings: t.field({
      type: [RunWarning],
      select: { warnings: true },
      resolve: ({ warnings }) => warnings as unknown as WarningRecord[],
    }),
    phases: t.field({
      type: [RunPhase],
      description: 'Phases for the hardware chart: one entry for each evaluation.',
      resolve: ({ id }, _args, { pool }) => runPhases(pool, id),
    }),
    lastSequence: t.int({
      description: 'Last sequence of `runEvents`: subscribe from here after this query.',
      select: { sequence: true },
      resolve: ({ sequence }) => Number(sequence),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.queryField('run', (t) =>
  t.prismaField({
    type: Run,
    nullable: true,
    authScopes: reads,
    args: { id: t.arg.id({ required: true }) },
    resolve: (query, _root, { id }, { prisma }) =>
      isId(id) ? prisma.run.findUnique({ ...query, where: { id } }) : null,
  }),
);
