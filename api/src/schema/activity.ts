// activity and hardware: the stream for the lists, and the machines once a second.
import type { HardwareSample as HardwareRow } from '@bancada/prisma';
import { replayActivity } from '@bancada/prisma';
import { builder, reads } from '../builder.ts';
import { hardwareStream } from '../hardware-stream.ts';
import { HardwareSample } from './hardware.ts';
import { Run } from './run.ts';

type Entry = Awaited<ReturnType<typeof replayActivity>>[number];

const ActivityEvent = builder.objectRef<Entry>('ActivityEvent').implement({
  authScopes: reads,
  description:
    'One stream for the lists: a run was created, changed status or progressed, a worker came or went.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', {
      description: 'Counts up; give the last one seen as `afterSequence`.',
    }),
    at: t.expose('at', { description: 'When it happened.', type: 'DateTime' }),
    kind: t.exposeString('kind', {
      description:
        '`run.created`, `run.progress`, `run.status`, `run.deleted`, `model.changed`, `dataset.changed`, `import.progress`, `worker.started`, `worker.stopped`, `notification.created`, `notification.read` or `schedule.changed`.',
    }),
    runId: t.exposeID('runId', { description: 'The run it is about; null for a worker.', nullable: true }),
    run: t.prismaField({
      type: Run,
      nullable: true,
      description: 'As it stands now; null when it was deleted.',
      resolve: (query, { runId }, _args, { prisma }) =>
        runId === undefined ? null : prisma.run.findUnique({ ...query, where: { id: runId } }),
    }),
    workerId: t.exposeID('workerId', {
      description: 'The worker it is about; null for a run.',
      nullable: true,
    }),
  }),
});

builder.subscriptionFields((t) => ({
  activity: t.field({
    type: ActivityEvent,
    authScopes: reads,
    description: 'Replays what came after the sequence, then goes live; without one, what comes from now on.',
    args: {
      afterSequence: t.arg.int({ description: 'The last sequence seen; null for what comes from now on.' }),
    },
    subscribe: async (_root, { afterSequence }, { hub, prisma }) => {
      const newest = async () =>
        (await prisma.activity.aggregate({ _max: { sequence: true } }))._max.sequence;
      const after = afterSequence ?? Number((await newest()) ?? 0);
      return hub.follow('activity', after, (sequence, limit) => replayActivity(prisma, sequence, limit));
    },
    resolve: (entry: Entry) => entry,
  }),
  hardware: t.field({
    type: HardwareSample,
    authScopes: reads,
    description: 'Of one worker or of all, as they are taken: once a second while a run is active.',
    args: { workerId: t.arg.id({ description: 'Only of this worker; null for all.' }) },
    subscribe: (_root, { workerId }, context) => hardwareStream(context, workerId ?? undefined),
    resolve: (sample: HardwareRow) => sample,
  }),
}));
