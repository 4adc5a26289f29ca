// What the homes hold is registered once, with a new version only for new content.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seed } from './seed.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const bundled = path.join(import.meta.dirname, '../../data');
const home = mkdtempSync(path.join(tmpdir(), 'bancada-seed-'));
const homes = [home, bundled];
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(home, { recursive: true });
});

it('registers what is bundled, with hashes, rows and columns', async () => {
  const seeded = await seed(database.prisma, homes);
  expect(seeded).toMatchObject({ datasets: 5, tasks: 8, prompts: 2, suites: 2, newVersions: 17, faults: [] });
  const facts = await database.prisma.dataset.findUniqueOrThrow({
    where: { name: 'tiny-facts' },
    include: { versions: true },
  });
  expect(facts).toMatchObject({ bundled: true, licence: 'Apache-2.0', versions: [{ version: 1 }] });
  expect(facts.versions[0]?.splits).toEqual([
    {
      name: 'train',
      rows: 60,
      sha256: '3ebc14418d62b36515279ebaab60054f99b3c66c7bffbea81101b3a634457e82',
      columns: ['id', 'question', 'answer', 'document', 'kind'],
    },
    expect.objectContaining({ name: 'test', rows: 200 }),
  ]);
  const tasks = await database.prisma.taskVersion.findMany({ include: { task: true } });
  const task = (name: string) => tasks.find((version) => version.task.name === name);
  expect(task('tiny-facts')).toMatchObject({
    dataset: 'tiny-facts',
    outputType: 'generate_until',
    retrieves: true,
    metrics: ['exact_match', 'f1'],
  });
  // Its data are not bundled.
  expect(task('gsm8k')).toMatchObject({ retrieves: false, metrics: ['exact_match'] });
});

it('changes nothing the second time, nor when two start at once', async () => {
  const runs = await Promise.all([seed(database.prisma, homes), seed(database.prisma, homes)]);
  expect(runs.map(({ newVersions }) => newVersions)).toEqual([0, 0]);
});

it('makes a new version when the content is another, and prefers the first home', async () => {
  cpSync(path.join(bundled, 'datasets/tiny-facts'), path.join(home, 'datasets/tiny-facts'), {
    recursive: true,
  });
  cpSync(path.join(bundled, 'suites'), path.join(home, 'suites'), { recursive: true });
  rmSync(path.join(home, 'datasets/tiny-facts/dataset.yaml'));
  writeFileSync(
    path.join(home, 'datasets/tiny-facts/test.jsonl'),
    '{"id": "1", "question": "q"}\n{"id": "2"}\n',
  );
  writeFileSync(path.join(home, 'suites/broken.yaml'), 'name: broken\nmodel: []\n');
  const seeded = await seed(database.prisma, homes);
  expect(seeded).toMatchObject({ newVersions: 1, suites: 2 });
  expect(seeded.faults).toHaveLength(1);
  expect(seeded.faults[0]).toContain('suite broken.yaml');
  const facts = await database.prisma.dataset.findUniqueOrThrow({
    where: { name: 'tiny-facts' },
    include: { versions: { orderBy: { version: 'asc' } } },
  });
  expect([facts.bundled, facts.versions.map(({ version }) => version)]).toEqual([false, [1, 2]]);
  expect(facts.versions[1]?.splits).toContainEqual(
    expect.objectContaining({ name: 'test', rows: 2, columns: ['id', 'question'] }),
  );
});

it('registers models with their variants, faulty ones with the fault, and marks those that are gone', async () => {
  const folder = path.join(home, 'models/parrot');
  cpSync(path.join(bundled, 'suites'), folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'model.yaml'),
    'name: parrot\ncontext_length: 512\nparameters: 7\nvariants:\n  a: {provider: scripted, answers: [x]}\n  b: {provider: scripted}\n',
  );
  cpSync(folder, path.join(home, 'models/broken'), { recursive: true });
  await seed(database.prisma, homes);
  expect(await database.prisma.model.findUnique({ where: { name: 'parrot' } })).toMatchObject({
    provider: 'scripted',
    options: { answers: ['x'] },
    variants: ['a', 'b'],
    contextLength: 512,
    parameters: 7n,
    bundled: false,
    fault: null,
  });
  const broken = await database.prisma.model.findUnique({ where: { name: 'broken' } });
  expect(broken?.fault).toContain('name differs from the folder');
  rmSync(folder, { recursive: true });
  await seed(database.prisma, homes);
  const gone = await database.prisma.model.findUnique({ where: { name: 'parrot' } });
  expect(gone?.fault).toBe('its folder is gone');
});
