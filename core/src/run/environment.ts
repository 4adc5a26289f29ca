// The machine, the versions and the commit under which a run happens: what is needed to repeat it.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import systeminformation from 'systeminformation';

const packageFolder = path.resolve(import.meta.dirname, '../..');
// A machine that cannot tell (no permission, no such tool) must not hold a run up.
const inventoryTimeoutMs = 5_000;

/** One graphics processor. */
export interface Gpu {
  readonly vendor: string;
  readonly model: string;
  /** Mebibytes; undefined when not told. */
  readonly memory: number | undefined;
  readonly driver: string | undefined;
}

/** Part of a run's snapshot. What cannot be found out is undefined. */
export interface RunEnvironment {
  readonly node: string;
  readonly bancada: string;
  /** The libraries that the results depend on, with their exact versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly git: { readonly commit: string; readonly dirty: boolean } | undefined;
  readonly machine: {
    readonly os: string;
    readonly architecture: string;
    readonly cpu: string;
    readonly cores: number;
    /** Bytes. */
    readonly memory: number;
    readonly gpus: readonly Gpu[];
  };
}

let inventory: Promise<RunEnvironment> | undefined;

/**
 * The inventory; never throws. Taken once in a process: it starts a dozen programs, which blocks for half a second, and
 * nothing in it changes under code that is loaded.
 */
export function readEnvironment(): Promise<RunEnvironment> {
  inventory ??= takeInventory();
  return inventory;
}

async function takeInventory(): Promise<RunEnvironment> {
  const [manifest, git, machine] = await Promise.all([readManifest(), readGit(), readMachine()]);
  return {
    node: process.versions.node,
    bancada: manifest.version,
    packages: manifest.dependencies,
    git,
    machine,
  };
}

async function readManifest(): Promise<{ version: string; dependencies: Record<string, string> }> {
  return JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8'));
}

async function readGit(): Promise<RunEnvironment['git']> {
  const git = async (...parameters: string[]) =>
    (
      await promisify(execFile)('git', ['-C', packageFolder, ...parameters], { timeout: inventoryTimeoutMs })
    ).stdout.trim();
  try {
    const [commit, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain', '-uno'),
    ]);
    return { commit, dirty: changes !== '' };
  } catch {
    return undefined;
  }
}

async function readMachine(): Promise<RunEnvironment['machine']> {
  const [cpu, memory, os, graphics] = await Promise.all([
    known(systeminformation.cpu()),
    known(systeminformation.mem()),
    known(systeminformation.osInfo()),
    known(systeminformation.graphics()),
  ]);
  return {
    os: os ? `${os.distro} ${os.release} (${os.kernel})` : process.platform,
    architecture: process.arch,
    cpu: cpu ? `${cpu.manufacturer} ${cpu.brand}`.trim() : 'unknown',
    cores: cpu?.cores ?? 0,
    memory: memory?.total ?? 0,
    gpus: (graphics?.controllers ?? []).map((controller) => ({
      vendor: controller.vendor,
      model: controller.model,
      memory: controller.vram ?? undefined,
      driver: controller.driverVersion,
    })),
  };
}

async function known<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), inventoryTimeoutMs);
  try {
    return await Promise.race([answer, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
