// What decides whether an installation is stale, and the launcher's own start: file, folder, arguments, exit code.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, root, workspacePackages } from './toolchain.mjs';

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'a folder with spaces ')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function copyManifests(): void {
  const manifests = workspacePackages().map((name) => `${name}/package.json`);
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    cpSync(join(root, name), join(folder, name));
  }
}

test('the packages are those listed in pnpm-workspace.yaml', () => {
  expect(workspacePackages()).toContain('core');
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), `packages:\n  - core\n  - 'api'\ncatalog:\n  - no\n`);
  expect(workspacePackages(folder)).toEqual(['core', 'api']);
});

test.each(['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'core/package.json'])(
  'a change in %s makes an installation stale',
  (name) => {
    copyManifests();
    const before = fingerprint(folder);
    expect(fingerprint(folder)).toBe(before);
    writeFileSync(join(folder, name), '\n', { flag: 'a' });
    expect(fingerprint(folder)).not.toBe(before);
  },
);

test('a launched file runs on Node 24, in the folder where the user typed, and its exit code is kept', () => {
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  const args = ['scripts/launch.mjs', '--here', 'scripts/fixture/report.mjs', 'a b', '--flag'];
  const result = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, INIT_CWD: inner },
    encoding: 'utf8',
  });
  expect(result.status).toBe(7);
  expect(JSON.parse(result.stdout)).toEqual({ major: '24', cwd: inner, args: ['a b', '--flag'] });
});
