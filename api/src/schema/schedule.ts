// Schedule: a suite that is run by the clock; the list of them, and the next times of any expression.
import { MissedTimes, nextTimes, ScheduledOutcome, type ScheduledTime as TimeRow } from '@bancada/prisma';
import { z } from 'zod';
import { builder, reads } from '../builder.ts';
import { previewTimes } from '../schedule-store.ts';
import { isId, nodesQuery, pageOf } from './connection.ts';
import { ValidationError } from './error.ts';
import { namedListArguments, namedListQuery, nameKey } from './named-list.ts';

/** GraphQL enum `MissedTimes`. */
export const MissedTimesEnum = builder.enumType('MissedTimes', {
  description: 'What becomes of times that passed while no worker was there.',
  values: {
    [MissedTimes.CATCH_UP]: { description: 'The latest of them is run, once.' },
    [MissedTimes.SKIP]: { description: 'None of them is run.' },
  },
});

const ScheduledOutcomeEnum = builder.enumType('ScheduledOutcome', {
  description: 'What became of a time of a schedule.',
  values: {
    [ScheduledOutcome.RUN]: { description: 'A run was made.' },
    [ScheduledOutcome.SKIPPED]: { description: 'It was missed, and missed times are skipped.' },
  },
});

const ScheduledTime = builder.objectRef<TimeRow>('ScheduledTime').implement({
  description: 'A time of a schedule that came.',
  authScopes: reads,
  fields: (t) => ({
    dueAt: t.expose('dueAt', { type: 'DateTime', description: 'When it was due.' }),
    outcome: t.expose('outcome', { type: ScheduledOutcomeEnum, description: 'What became of it.' }),
    missed: t.exposeInt('missed', {
      description: 'How many times before it passed while no worker was there.',
    }),
    runId: t.exposeID('runId', {
      nullable: true,
      description: 'The run that was made; null when none was, even if it was deleted since.',
    }),
  }),
});

const first = (most: number) => ({
  description: `At most so many, 1 to ${most}.`,
  defaultValue: 5,
  validate: z.number().min(1).max(most).nullish(),
});

/** GraphQL type `Schedule`. */
export const Schedule = builder.prismaNode('Schedule', {
  description: 'A suite that is run by the clock.',
  id: { field: 'id' },
  select: { id: true },
  authScopes: reads,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique.' }),
    suite: t.relation('suite', { description: 'What is run, in its newest version then.' }),
    cron: t.exposeString('cron', {
      description: 'Minute, hour, day of month, month and day of week, as cron writes them.',
    }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name of the zone in which `cron` is read.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether it runs anything.' }),
    missedTimes: t.expose('missedTimes', {
      type: MissedTimesEnum,
      description: 'What becomes of times that passed while no worker was there.',
    }),
    runName: t.exposeString('runName', {
      nullable: true,
      description: 'Name of its runs; null for its own name.',
    }),
    limit: t.exposeInt('limit', {
      nullable: true,
      description: 'Items of each task at most; null for all.',
    }),
    priority: t.exposeInt('priority', { description: 'Of its runs; lower goes first.' }),
    nextAt: t.expose('nextAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is due next; null while it is disabled.',
    }),
    nextTimes: t.field({
      type: ['DateTime'],
      description: 'When it would be due next, soonest first, whether it is enabled or not.',
      args: { first: t.arg.int(first(50)) },
      select: { cron: true, timeZone: true },
      resolve: (schedule, args) => nextTimes(schedule, new Date(), args.first ?? 5),
    }),
    lastTimes: t.field({
      type: [ScheduledTime],
      description: 'Times that came, latest first.',
      args: { first: t.arg.int(first(50)) },
      resolve: ({ id }, args, { prisma }) =>
        prisma.scheduledTime.findMany({
          where: { scheduleId: id },
          orderBy: { dueAt: 'desc' },
          take: args.first ?? 5,
        }),
    }),
    runs: t.relation('runs', {
      description: 'Its runs, latest first.',
      args: { first: t.arg.int(first(200)) },
      query: (args) => ({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: args.first ?? 5 }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

const ScheduleConnection = builder.connectionObject(
  { type: Schedule, name: 'ScheduleConnection' },
  { name: 'ScheduleEdge' },
);

const NextTimes = builder.objectRef<{ times: readonly Date[] }>('NextTimes').implement({
  description: 'When an expression comes.',
  authScopes: reads,
  fields: (t) => ({
    times: t.field({
      type: ['DateTime'],
      description: 'Soonest first.',
      resolve: ({ times }) => [...times],
    }),
  }),
});

const NextTimesResult = builder.errorUnion('NextTimesResult', {
  description: 'The next times, or what is wrong with the expression.',
  types: [NextTimes, ValidationError],
  resolveType: () => 'NextTimes',
});

builder.queryFields((t) => ({
  schedules: t.field({
    type: ScheduleConnection,
    authScopes: reads,
    description: 'By name.',
    args: namedListArguments,
    resolve: async (_root, args, context, info) => {
      const { matching, page } = namedListQuery(args);
      const query = nodesQuery(context, info, 'Schedule', { name: true });
      const rows = await context.prisma.schedule.findMany({ ...query, ...page });
      return pageOf(rows, args, nameKey, () => context.prisma.schedule.count({ where: matching })) as never;
    },
  }),
  schedule: t.prismaField({
    type: Schedule,
    nullable: true,
    authScopes: reads,
    description: 'One schedule; null when there is none of this id.',
    args: { id: t.arg.id({ required: true, description: 'Id of the schedule.' }) },
    resolve: (query, _root, { id }, { prisma }) =>
      isId(id) ? prisma.schedule.findUnique({ ...query, where: { id } }) : null,
  }),
  nextTimes: t.field({
    type: NextTimesResult,
    authScopes: reads,
    description: 'When a cron expression comes next: for forms, before anything is saved.',
    args: {
      cron: t.arg.string({ required: true, description: 'Five fields, e.g. `30 6 * * 1-5`.' }),
      timeZone: t.arg.string({ required: true, description: 'IANA name, e.g. `America/Sao_Paulo`.' }),
      first: t.arg.int(first(50)),
    },
    resolve: (_root, { cron, timeZone, first: count }) =>
      ({ times: previewTimes(cron, timeZone, count ?? 5) }) as never,
  }),
}));
