// createSchedule, updateSchedule, deleteSchedule.
import type { Schedule as ScheduleRow } from '@bancada/prisma';
import { builder, writes } from '../builder.ts';
import { createSchedule, deleteSchedule, updateSchedule } from '../schedule-store.ts';
import { ConflictError, NotFoundError, ValidationError } from './error.ts';
import { MissedTimesEnum, Schedule } from './schedule.ts';

const words = {
  name: 'Unique; also the name of its runs unless `runName` is given.',
  suiteId: 'Id of the registered suite that is run.',
  cron: 'Minute, hour, day of month, month and day of week, e.g. `30 6 * * 1-5`.',
  timeZone: 'IANA name of the zone in which `cron` is read, e.g. `America/Sao_Paulo`.',
  runName: 'Name of its runs; null for its own.',
  limit: 'At most so many items of each task; null for all.',
  priority: 'Of its runs, -1000 to 1000; lower goes first.',
} as const;

const CreateScheduleInput = builder.inputType('CreateScheduleInput', {
  description: 'A new schedule.',
  fields: (t) => ({
    name: t.string({ required: true, description: words.name }),
    suiteId: t.id({ required: true, description: words.suiteId }),
    cron: t.string({ required: true, description: words.cron }),
    timeZone: t.string({ required: true, description: words.timeZone }),
    enabled: t.boolean({ description: 'Whether it runs anything; true when left out.' }),
    missedTimes: t.field({ type: MissedTimesEnum, description: 'CATCH_UP when left out.' }),
    runName: t.string({ description: words.runName }),
    limit: t.int({ description: words.limit }),
    priority: t.int({ description: `${words.priority} 0 when left out.` }),
  }),
});

const UpdateScheduleInput = builder.inputType('UpdateScheduleInput', {
  description: 'What changes; what is left out stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The schedule.' }),
    name: t.string({ description: words.name }),
    suiteId: t.id({ description: words.suiteId }),
    cron: t.string({ description: words.cron }),
    timeZone: t.string({ description: words.timeZone }),
    enabled: t.boolean({
      description: 'Switched on, it goes on from now: what passed meanwhile is not missed.',
    }),
    missedTimes: t.field({ type: MissedTimesEnum, description: 'What becomes of missed times.' }),
    runName: t.string({ description: words.runName }),
    limit: t.int({ description: words.limit }),
    priority: t.int({ description: words.priority }),
  }),
});

const ScheduleSuccess = builder.objectRef<{ data: ScheduleRow }>('MutationScheduleSuccess').implement({
  description: 'It was kept.',
  authScopes: writes,
  fields: (t) => ({
    data: t.field({
      description: 'The schedule as it stands now.',
      type: Schedule,
      resolve: ({ data }) => data,
    }),
  }),
});

const ScheduleResult = builder.errorUnion('ScheduleResult', {
  description: 'The schedule, or why it was not kept.',
  types: [ScheduleSuccess, ValidationError, NotFoundError, ConflictError],
  resolveType: () => 'MutationScheduleSuccess',
});

const DeleteScheduleSuccess = builder.objectRef<{ data: string }>('MutationDeleteScheduleSuccess').implement({
  description: 'It is gone.',
  authScopes: writes,
  fields: (t) => ({ data: t.exposeID('data', { description: 'Id of what was deleted.' }) }),
});

const DeleteScheduleResult = builder.errorUnion('DeleteScheduleResult', {
  description: 'The id, or why there was nothing to delete.',
  types: [DeleteScheduleSuccess, NotFoundError],
  resolveType: () => 'MutationDeleteScheduleSuccess',
});

builder.mutationFields((t) => ({
  createSchedule: t.field({
    type: ScheduleResult,
    authScopes: writes,
    description: 'Runs a suite by the clock. The same idempotencyKey gives the same schedule.',
    args: {
      input: t.arg({ type: CreateScheduleInput, required: true, description: 'What is run, and when.' }),
      idempotencyKey: t.arg.string({
        description: 'Any text of your own, one for each schedule wanted; null when repeats are fine.',
      }),
    },
    resolve: async (_root, { input, idempotencyKey }, context) =>
      ({ data: await createSchedule(context, input, idempotencyKey ?? undefined) }) as never,
  }),
  updateSchedule: t.field({
    type: ScheduleResult,
    authScopes: writes,
    description: 'Changes a schedule; runs that it made stay as they are.',
    args: { input: t.arg({ type: UpdateScheduleInput, required: true, description: 'What changes.' }) },
    resolve: async (_root, { input: { id, ...request } }, context) =>
      ({ data: await updateSchedule(context, id, request) }) as never,
  }),
  deleteSchedule: t.field({
    type: DeleteScheduleResult,
    authScopes: writes,
    description: 'Its runs stay.',
    args: { id: t.arg.id({ required: true, description: 'Id of the schedule.' }) },
    resolve: async (_root, { id }, context) => ({ data: await deleteSchedule(context, id) }) as never,
  }),
}));
