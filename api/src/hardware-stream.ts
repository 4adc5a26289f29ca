// Hardware samples as they are taken.
import type { HardwareSample } from '@bancada/prisma';
import type { Services } from './context.ts';
import type { Sequenced } from './event-hub.ts';

// Clocks of several machines differ: a sample may carry a time before one that is already told.
const overlapMs = 5_000;

interface TimedSample extends HardwareSample, Sequenced {}

/** Those of one worker, or of all, from now on; each once. */
export async function* hardwareStream(
  { hub, prisma }: Services,
  workerId: string | undefined,
): AsyncGenerator<HardwareSample> {
  const newest = new Map<string, number>();
  const samples = hub.follow<TimedSample>('hardware', Date.now() - 1_000, async (after, limit) => {
    const rows = await prisma.hardwareSample.findMany({
      where: { at: { gt: new Date(after - overlapMs) } },
      orderBy: { at: 'asc' },
      take: limit,
    });
    return rows.map((row) => ({ ...row, sequence: row.at.getTime() }));
  });
  for await (const sample of samples) {
    if (sample.sequence <= (newest.get(sample.workerId) ?? 0)) continue;
    newest.set(sample.workerId, sample.sequence);
    if (workerId === undefined || sample.workerId === workerId) yield sample;
  }
}
