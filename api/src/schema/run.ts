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
    description: 'A stretch of a run in which one evaluation was at work.',
    authScopes: reads,
    fields: (t) => ({
      label: t.exposeString('label', { description: 'Task, model and variant.' }),
      evaluationId: t.exposeID('evaluationId', { description: 'The evaluation.' }),
      startedAt: t.expose('startedAt', { description: 'Its first sample.', type: 'DateTime' }),
      finishedAt: t.expose('finishedAt', {
        description: 'Its last sample; null while it runs.',
        type: 'DateTime',
        nullable: true,
      }),
    }),
  });

/** GraphQL type `Run`. */
export const Run = builder.prismaNode('Run', {
  description: 'One execution of a suite.',
  id: { field: 'id' },
  select: { id: true },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As given, or the name of the suite.' }),
    status: t.expose('status', { description: 'Where it stands.', type: RunStatusEnum }),
    createdBy: t.relation('createdBy', {
      nullable: true,
      description:
        'Who asked for it, or owns the schedule that made it; null for the local user and users who were deleted.',
    }),
    config: t.exposeString('config', { description: "The suite's YAML as given." }),
    snapshot: t.expose('snapshot', {
      description:
        'All that is needed to repeat it: resolved suite, versions, machine, hashes, seeds; null before it is planned.',
      type: 'JSON',
      nullable: true,
    }),
    error: t.exposeString('error', { description: 'Why it failed; null when it did not.', nullable: true }),
    suite: t.relation('suite', {
      description: 'The registered suite it was made from; null when the text was given.',
      nullable: true,
    }),
    limit: t.exposeInt('limit', {
      description: 'At most so many items of each task; null for all.',
      nullable: true,
    }),
    priority: t.exposeInt('priority', { description: 'Runs with a lower one go first.' }),
    schedule: t.relation('schedule', {
      nullable: true,
      description: 'The schedule that made it; null when somebody asked for it, or the schedule is gone.',
    }),
    progress: t.field({
      description: 'How far it has come.',
      type: Progress,
      select: { done: true, total: true, failed: true, rate: true },
      resolve: (run) => progressOf(run),
    }),
    evaluations: t.relation('evaluations', {
      description: 'Its cells, in the order of the plan.',
      query: { orderBy: { position: 'asc' } },
    }),
    metrics: t.field({
      description: 'Aggregates of all evaluations.',
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
      description: 'What the machines did while it ran.',
      type: [HardwareSeries],
      args: {
        maxPoints: t.arg.int({
          description: 'At most so many points in each series, 3 to 5000.',
          defaultValue: 500,
          validate: z.number().min(3).max(5000).nullish(),
        }),
      },
      select: { startedAt: true, finishedAt: true, importedAt: true },
      // An imported run was at work on another machine.
      resolve: ({ startedAt, finishedAt, importedAt }, { maxPoints }, { pool }) =>
        startedAt === null || importedAt !== null
          ? []
          : hardwareSeries(pool, { from: startedAt, to: finishedAt ?? new Date() }, maxPoints ?? 500),
    }),
    logs: t.field({
      description: 'What workers wrote about it, oldest first.',
      type: LogConnection,
      args: {
        level: t.arg.string({ description: 'This level and graver ones; null for all.' }),
        search: t.arg.string({ description: 'Part of the line, whatever the case.' }),
        ...pageArguments,
      },
      resolve: ({ id }, args, context) => runLogs(context, id, args),
    }),
    gates: t.field({
      description: "The suite's bounds and whether they are kept; empty before the end.",
      type: [Gate],
      select: { gates: true },
      resolve: ({ gates }) => gates as unknown as GateResult[],
    }),
    warnings: t.field({
      description: 'What makes its numbers doubtful.',
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
    pauseReason: t.exposeString('pauseReason', {
      description: 'Why a worker paused it; it goes on by itself. Null when a person paused it.',
      nullable: true,
    }),
    pauseParameters: t.expose('pauseParameters', {
      description:
        'The reason as values, for words in another language: `code` `DISK_FULL` with `node folder freeBytes reserveBytes`. Null with `pauseReason`, and for runs that an earlier version paused.',
      type: 'JSON',
      nullable: true,
    }),
    samplesPrunedAt: t.expose('samplesPrunedAt', {
      description: 'When samples of it were deleted by the rules of retention; null while all are there.',
      type: 'DateTime',
      nullable: true,
    }),
    importedAt: t.expose('importedAt', {
      description:
        'When it was taken in from a results file of the command line; null when it was made here.',
      type: 'DateTime',
      nullable: true,
    }),
    createdAt: t.expose('createdAt', { description: 'When it was asked for.', type: 'DateTime' }),
    startedAt: t.expose('startedAt', {
      description: 'When its planning began; null while it is queued.',
      type: 'DateTime',
      nullable: true,
    }),
    finishedAt: t.expose('finishedAt', {
      description: 'When it ended; null before.',
      type: 'DateTime',
      nullable: true,
    }),
  }),
});

builder.queryField('run', (t) =>
  t.prismaField({
    description: 'One run; null when there is none of this id.',
    type: Run,
    nullable: true,
    authScopes: reads,
    args: { id: t.arg.id({ description: 'Its id.', required: true }) },
    resolve: (query, _root, { id }, { prisma }) =>
      isId(id) ? prisma.run.findUnique({ ...query, where: { id } }) : null,
  }),
);
