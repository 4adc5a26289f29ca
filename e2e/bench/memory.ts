// What processes hold in memory: proportional set size, which counts shared pages once over all of them. Linux alone.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether memory can be told here. */
export const canMeasure = existsSync('/proc/self/smaps_rollup');

/** One process of the system. */
export interface ProcessMemory {
  readonly pid: number;
  readonly command: string;
  readonly bytes: number;
}

/** The process and all below it; one that ends meanwhile is left out. */
export function memoryOfTree(pid: number): ProcessMemory[] {
  const parents = readParents();
  const found: ProcessMemory[] = [];
  const visit = (at: number) => {
    const memory = memoryOf(at);
    if (memory !== undefined) found.push(memory);
    for (const [child, parent] of parents) if (parent === at) visit(child);
  };
  visit(pid);
  return found;
}

/** The process that started this one. */
export function parentOf(pid: number): number {
  return readParents().get(pid) ?? 0;
}

function memoryOf(pid: number): ProcessMemory | undefined {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, command, bytes: Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024 };
  } catch {
    return undefined;
  }
}

function readParents(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended.
    }
  }
  return parents;
}
