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
    sequence: t.exposeInt('sequence'),
    at: t.expose('at', { type: 'DateTime' }),
    kind: t.exposeString('kind', {
      description:
        '`run.created`, `run.progress`, `run.status`, `run.deleted`, `dataset.changed`, `import.progress`, `worker.started` or `worker.stopped`.',
    }),
    runId: t.exposeID('runId', { nullable: true }),
    run: t.prismaField({
      type: Run,
      nullable: true,
      description: 'As it stands now; null when it was deleted.',
      resolve: (query, { runId }, _args, { prisma }) =>
        runId === undefined ? null : prisma.run.findUnique({ ...query, where: { id: runId } }),
    }),
    workerId: t.exposeID('workerId', { nullable: true }),
  }),
});

builder.subscriptionFields((t) => ({
  activity: t.field({
    type: ActivityEvent,
    authScopes: reads,
    description: 'Replays what came after the sequence, then goes live; without one, what comes from now on.',
    args: { afterSequence: t.arg.int() },
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
    args: { workerId: t.arg.id() },
    subscribe: (_root, { workerId }, context) => hardwareStream(context, workerId ?? undefined),
    resolve: (sample: HardwareRow) => sample,
  }),
}));
