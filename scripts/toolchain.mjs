// Brings the pinned Node, pnpm and dependencies from the npm registry when they are missing or stale. Runs on Node 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.bancada-installed');
const lockFile = join(root, '.installing');

/** The pinned Node binary; it exists once the dependencies are installed. */
export const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The folders of the workspace, read from the list `packages:` in pnpm-workspace.yaml. */
export function workspacePackages(folder = root) {
  const text = readFileSync(join(folder, 'pnpm-workspace.yaml'), 'utf8');
  const list = /^packages:\n((?:[ \t]*-.*\n)*)/m.exec(text)?.[1] ?? '';
  return [...list.matchAll(/-\s*["']?([^"'\s#]+)/g)].map((match) => match[1]);
}

/** A hash over everything that decides what `pnpm install` would put into node_modules. */
export function fingerprint(folder = root) {
  const manifests = workspacePackages(folder).map((name) => join(name, 'package.json'));
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

/** Whether node_modules is what the lockfile asks for. Costs a few milliseconds. */
export function isInstalled() {
  return (
    existsSync(node) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === fingerprint() &&
    workspacePackages().every((name) => existsSync(join(root, name, 'node_modules')))
  );
}

/** Installs when stale. Says what it does in one line on stderr; throws with pnpm's output when it fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const release = await takeInstallLock();
  try {
    if (!isInstalled()) install();
  } finally {
    release();
  }
}

function install() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { pnpm } = manifest.engines;
  const wanted = `Node ${manifest.devDependencies.node} and pnpm ${pnpm}`;
  console.error(
    existsSync(node)
      ? 'Installing dependencies, because they changed.'
      : `Fetching ${wanted} from the npm registry (this machine has Node ${process.versions.node}), then the dependencies.`,
  );
  rmSync(stampFile, { force: true });
  const pnpmInstall = ['--yes', `--package=pnpm@${pnpm}`, '--', 'pnpm', 'install', '--frozen-lockfile'];
  runNpm(['exec', ...pnpmInstall], { show: true });
  writeFileSync(stampFile, fingerprint());
}

/**
 * Runs the machine's npm in the root and gives what it printed. With `show`, its progress is shown on stderr where that
 * is a terminal; else its output is shown only when it fails.
 */
export function runNpm(args, { show = false } = {}) {
  const quiet = !show || !process.stderr.isTTY;
  const execPath = process.env.npm_execpath ?? '';
  const [command, ...first] = execPath.endsWith('npm-cli.js') ? [process.execPath, execPath] : ['npm'];
  const result = spawnSync(command, [...first, ...args], {
    cwd: root,
    env: { ...process.env, ...writableHome(), ...(quiet && { CI: 'true' }) },
    stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return result.stdout ?? '';
  const output = quiet ? `\n${result.stdout ?? ''}${result.stderr ?? ''}` : '';
  const reason =
    result.error?.message ?? (result.signal ? `signal ${result.signal}` : `exit code ${result.status}`);
  throw new Error(`npm ${args.join(' ')} failed: ${reason}${output}`);
}

/** npm and pnpm cache below HOME; where HOME cannot be written they get a folder of ours. */
function writableHome() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    const home = join(modules, '.home');
    mkdirSync(home, { recursive: true });
    return { HOME: home, npm_config_cache: join(home, '.npm') };
  }
}

/** One installation at a time: two commands started together must not write node_modules at once. */
async function takeInstallLock() {
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return () => rmSync(lockFile, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isAlive(Number(readOrEmpty(lockFile)))) rmSync(lockFile, { force: true });
      else await sleep(200);
    }
  }
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
