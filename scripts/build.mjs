// Makes what is made from sources: the database client, and the dashboard's files. Each only when stale.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './child.mjs';
import { root } from './toolchain.mjs';

const dashboardStamp = join(root, 'pwa', 'dist', '.sources-sha256');
const dashboardSources = [
  'pwa/src/**/*',
  'pwa/public/**/*',
  'pwa/scripts/**/*',
  'pwa/*.{ts,html,json}',
  'api/schema.graphql',
  'pnpm-lock.yaml',
];

/** Costs some 50 ms when nothing is stale. Says in one line on stderr what takes time. Throws when a build fails. */
export async function ensureBuilt() {
  await build('database client', [join('prisma', 'scripts', 'generate.mjs')]);
  const wanted = dashboardFingerprint();
  if (existsSync(dashboardStamp) && readFileSync(dashboardStamp, 'utf8') === wanted) return;
  console.error('Building the dashboard.');
  await build('dashboard', [join('pwa', 'scripts', 'build.ts')], join(root, 'pwa'));
  writeFileSync(dashboardStamp, wanted);
}

async function build(name, [file, ...args], cwd = root) {
  const code = await runNode([join(root, file), ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (code !== 0) throw new Error(`building the ${name} failed (exit code ${code})`);
}

function dashboardFingerprint() {
  const hash = createHash('sha256');
  for (const name of globSync(dashboardSources, { cwd: root }).toSorted()) {
    const file = join(root, name);
    if (statSync(file).isFile()) hash.update(`\0${name}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
