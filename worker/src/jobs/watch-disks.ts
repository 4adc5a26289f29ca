// Job watch-disks: tells of machines whose disk is nearly full, once a day each.
import { raiseNotification } from '@bancada/prisma';
import type { WorkerContext } from '../context.ts';
import { fenced } from '../transaction.ts';

// A tenth of a large disk is still a lot of room.
const fullShare = 0.9;
const roomBytes = 20e9;

interface FullDisk {
  readonly node: string;
  readonly used: number;
  readonly total: number;
  readonly day: string;
}

/** Nearly full: less than a tenth and less than 20 GB are free where a worker keeps its home. */
export async function watchDisksJob(_payload: unknown, { pool, lease }: WorkerContext): Promise<void> {
  const { rows } = await pool.query<FullDisk>(
    `select distinct on (worker.node) worker.node, used, total, to_char(now() at time zone 'utc', 'YYYY-MM-DD') as day
     from "Worker" worker cross join lateral (
       select "diskUsedBytes" as used, "diskTotalBytes" as total from "HardwareSample"
       where "workerId" = worker.id and "diskTotalBytes" > 0 order by at desc limit 1) disk
     where worker."stoppedAt" is null and used > total * $1::float8 and total - used < $2::float8
     order by worker.node, used / total desc`,
    [fullShare, roomBytes],
  );
  for (const { node, used, total, day } of rows) {
    const free = ((total - used) / 1e9).toFixed(1);
    const percent = Math.floor((100 * used) / total);
    const detail = `${percent} % of the disk is used, ${free} GB are free`;
    await fenced(pool, lease, (client) =>
      raiseNotification(client, {
        kind: 'DISK_LOW',
        userId: undefined,
        subject: node,
        parameters: { used: percent, freeBytes: total - used },
        detail,
        onceKey: `disk/${node}/${day}`,
      }),
    );
  }
}
