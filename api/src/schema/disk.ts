// Disk: how full the disk of a machine is, where its worker keeps its data.
import { builder, reads } from '../builder.ts';

interface NodeDiskRow {
  readonly node: string;
  readonly used: number;
  readonly total: number;
  readonly hubCache: number | null;
}

// As the alert has it.
const nearlyFullShare = 0.9;

const NodeDisk = builder.objectRef<NodeDiskRow>('NodeDisk').implement({
  description: 'The disk of a machine, where its worker keeps its data.',
  authScopes: reads,
  fields: (t) => ({
    node: t.exposeString('node', { description: 'The machine.' }),
    usedBytes: t.exposeFloat('used', { description: 'In use, by whatever.' }),
    totalBytes: t.exposeFloat('total', { description: 'That there are.' }),
    hubCacheBytes: t.exposeFloat('hubCache', {
      nullable: true,
      description:
        'Of these, files of the Hugging Face Hub that can be fetched again; null until the worker has looked.',
    }),
    nearlyFull: t.boolean({
      description: 'More than nine tenths are used.',
      resolve: ({ used, total }) => used / total > nearlyFullShare,
    }),
  }),
});

builder.queryField('disks', (t) =>
  t.field({
    type: [NodeDisk],
    authScopes: reads,
    description: 'One for each machine with a living worker that can tell.',
    resolve: async (_root, _args, { pool }) => {
      const { rows } = await pool.query<NodeDiskRow>(
        `select distinct on (w.node) w.node, h."diskUsedBytes" as used, h."diskTotalBytes" as total, w."hubCacheBytes" as "hubCache" from "Worker" w
         cross join lateral (select * from "HardwareSample" s where s."workerId" = w.id order by s.at desc limit 1) h
         where w."stoppedAt" is null and w."heartbeatAt" > now() - interval '5 minutes'
           and h."diskTotalBytes" > 0 and h."diskUsedBytes" is not null
         order by w.node, h.at desc`,
      );
      return rows;
    },
  }),
);
