// A plan tells the versions that it reads, and reads them again when it is told them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashFiles } from '../dataset/file-hash.ts';
import { shelve } from '../dataset/shelf.ts';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import { datasetVersionsOf } from './dataset-versions.ts';
import { type ExampleHome, makeExampleHome } from './fixture/example-home.ts';
import { planRun } from './plan.ts';
import { parseSuite } from './suite.ts';

let home: ExampleHome;
beforeEach(async () => {
  home = makeExampleHome(3);
  const sums = readFileSync(path.join(home.folder, 'tasks/sums.yaml'), 'utf8');
  for (const [task, data] of [
    ['grown', 'grown'],
    ['first', 'grown@1'],
  ])
    writeFileSync(
      path.join(home.folder, `tasks/${task}.yaml`),
      sums.replace('task: sums', `task: ${task}`).replace('dataset_path: sums', `dataset_path: ${data}`),
    );
  await addVersion(1);
});
afterEach(() => home[Symbol.dispose]());

// Version n has n rows.
async function addVersion(version: number): Promise<void> {
  const folder = path.join(home.folder, 'staging');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'test.jsonl');
  const row = JSON.stringify({ a: version, b: 1, sum: version + 1 });
  writeFileSync(file, `${row}\n`.repeat(version));
  const about = { name: 'grown', description: null, licence: null, source: null };
  const files = [{ file, extension: '.jsonl', rows: version }];
  await shelve(home.folder, {
    ...about,
    version,
    splits: [{ type: 'new', name: 'test', files, sha256: await hashFiles([file]) }],
  });
}

function plan(tasks: string, datasetVersions?: Readonly<Record<string, number>>) {
  const context = {
    homes: [home.folder],
    secret: () => undefined,
    network: unrestrictedNetwork,
    indexDirectory: home.folder,
  };
  const text = `name: g\nmodels: [{provider: scripted, answer: x}]\ntasks: [${tasks}]\n`;
  return planRun(parseSuite(text, path.join(home.folder, 'suite.yaml'), context), {
    ...context,
    datasetVersions,
  });
}

it('plans the same after a newer version came, and the newest when it is told none', async () => {
  const before = await plan('grown');
  const versions = await datasetVersionsOf(before);
  expect(versions).toEqual({ grown: 1 });
  await addVersion(2);
  const [again, newest] = [await plan('grown', versions), await plan('grown')];
  expect(again.evaluations[0]?.record).toMatchObject({
    fingerprint: before.evaluations[0]?.record.fingerprint,
    planned: 1,
  });
  expect(again.run.fingerprint).toBe(before.run.fingerprint);
  expect(newest.evaluations[0]?.record.planned).toBe(2);
  expect(newest.run.fingerprint).not.toBe(before.run.fingerprint);
});

it('leaves out folders without versions, and references that say theirs', async () => {
  await addVersion(2);
  const mixed = await plan('first, grown, sums');
  expect(mixed.evaluations.map(({ record }) => record.planned)).toEqual([1, 2, 3]);
  expect(await datasetVersionsOf(mixed)).toEqual({ grown: 2 });
  expect(await datasetVersionsOf(await plan('first, sums'))).toEqual({});
});
