// The doctor's look at the machine: Node, processor, memory, accelerators, disk.
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { sizeOfHubCache } from '../hub/prune-cache.ts';
import type { Environment } from './environment.ts';
import type { Finding } from './finding.ts';

const gibibyte = 1024 ** 3;

/** Whether Node is new enough for type stripping and node:sqlite. */
export function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 24
    ? { name: 'node', state: 'ok', detail: process.version }
    : {
        name: 'node',
        state: 'fault',
        detail: process.version,
        remedy: 'start through `npm run bancada`, which brings Node 24 by itself',
      };
}

/** Processor, memory and graphics cards as systeminformation sees them. */
export async function checkMachine(): Promise<Finding[]> {
  const { default: si } = await import('systeminformation');
  const [cpu, memory, graphics] = await Promise.all([si.cpu(), si.mem(), si.graphics()]);
  const free = memory.available / gibibyte;
  const cards = graphics.controllers.filter((card) => (card.vram ?? 0) > 0 || card.name !== undefined);
  return [
    {
      name: 'processor',
      state: 'ok',
      detail: `${cpu.manufacturer} ${cpu.brand}, ${os.availableParallelism()} cores`,
    },
    free >= 1
      ? {
          name: 'memory',
          state: 'ok',
          detail: `${free.toFixed(1)} GiB available of ${(memory.total / gibibyte).toFixed(1)}`,
        }
      : {
          name: 'memory',
          state: 'warning',
          detail: `${free.toFixed(1)} GiB available`,
          remedy: 'close programs, or take a smaller or more strongly quantised model',
        },
    cards.length > 0
      ? { name: 'graphics', state: 'ok', detail: cards.map((card) => card.name ?? card.model).join(', ') }
      : { name: 'graphics', state: 'ok', detail: 'none found: models run on the processor' },
  ];
}

/** Whether the home can be written and has room for models and indexes; what workers keep free, and what is cached. */
export async function checkDisk({
  home,
  diskReserveBytes,
}: Pick<Environment, 'home' | 'diskReserveBytes'>): Promise<Finding> {
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
  } catch {
    return {
      name: 'home',
      state: 'fault',
      detail: `${home} cannot be written`,
      remedy: 'set BANCADA_HOME to a folder of yours',
    };
  }
  const { bavail, bsize } = await statfs(home);
  const free = bavail * bsize;
  const caches = await Promise.all([
    sizeOfHubCache(join(home, 'hub')),
    sizeOfHubCache(join(home, 'cache', 'hub')),
  ]);
  const cached = caches.reduce((sum, { bytes }) => sum + bytes, 0);
  const detail = [
    `${home}, ${(free / gibibyte).toFixed(1)} GiB free`,
    diskReserveBytes === 0
      ? 'runs go on until it is full'
      : `runs pause below ${Math.round(diskReserveBytes / 1024 ** 2)} MiB`,
    ...(cached > 0 ? [`${(cached / gibibyte).toFixed(1)} GiB cached from the Hugging Face Hub`] : []),
  ].join('; ');
  if (free < diskReserveBytes)
    return { name: 'home', state: 'fault', detail, remedy: 'free some space: runs are paused until then' };
  return free >= 2 * gibibyte
    ? { name: 'home', state: 'ok', detail }
    : {
        name: 'home',
        state: 'warning',
        detail,
        remedy: 'free some space, or set BANCADA_HOME to a larger disk',
      };
}
