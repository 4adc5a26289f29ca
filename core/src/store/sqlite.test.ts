// A results file keeps the contract of a store, and refuses what is not one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleEvaluation, exampleIds, exampleRun, exampleSample } from '../run/fixture/example-record.ts';
import { testResultStore } from './contract.ts';
import { openSqliteStore } from './sqlite.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bancada-store-'));
let files = 0;
const newFile = () => path.join(folder, 'made', `${++files}.sqlite`);
afterAll(() => rmSync(folder, { recursive: true }));

testResultStore('SQLite', async () => openSqliteStore(newFile()));

describe('a results file', () => {
  it('that is not there is an error when it must be', () => {
    expect(() => openSqliteStore(newFile(), { mustExist: true })).toThrow(/there is no such results file/);
  });

  it('that is not SQLite is refused by name', () => {
    const file = path.join(folder, 'notes.txt');
    writeFileSync(file, 'these are only notes, but more than a hundred bytes of them, '.repeat(20));
    expect(() => openSqliteStore(file)).toThrow(/notes\.txt: this is not a results file \(not SQLite\)/);
  });

  it("of another program's tables is refused", () => {
    const other = path.join(folder, 'other.sqlite');
    new DatabaseSync(other).exec('CREATE TABLE address (name TEXT)');
    expect(() => openSqliteStore(other)).toThrow(/holds no results of Bancada/);
  });

  it('of another version says so', async () => {
    const file = newFile();
    await openSqliteStore(file).close();
    new DatabaseSync(file).exec("UPDATE meta SET value = '999'");
    expect(() => openSqliteStore(file)).toThrow(/another version \(given: "999"\); allowed: version 2/);
  });

  it('takes several runs, and keeps them after closing', async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    await store.open(exampleRun(), [exampleEvaluation()]);
    await store.open(exampleRun({ id: 'run-2' }), [exampleEvaluation({ id: 'run-2/0', runId: 'run-2' })]);
    await store.append('run-2/0', [exampleSample(0, { evaluationId: 'run-2/0' })], 0);
    await store.close();
    const again = openSqliteStore(file, { mustExist: true });
    expect(await again.runs()).toHaveLength(2);
    expect(await Array.fromAsync(again.samples(exampleIds.evaluation))).toEqual([]);
    expect(await Array.fromAsync(again.samples('run-2/0'))).toHaveLength(1);
    await again.close();
  });
});

describe('a run that is being written', () => {
  it('is refused to a second writer, read by anybody, and free after the end', async () => {
    const file = newFile();
    const first = openSqliteStore(file);
    const second = openSqliteStore(file);
    await first.open(exampleRun(), [exampleEvaluation()]);
    await expect(second.open(exampleRun(), [])).rejects.toThrow(/process \d+ on .* is writing this run/);
    expect(await second.runs()).toHaveLength(1);
    await second.open(exampleRun({ id: 'run-2' }), []);
    await first.setRunStatus(exampleIds.run, 'cancelled');
    await second.open(exampleRun(), []);
    await first.close();
    await second.close();
  });

  it('is free at once when its process was killed', async () => {
    const file = newFile();
    const program = `
      import { openSqliteStore } from ${JSON.stringify(path.join(import.meta.dirname, 'sqlite.ts'))};
      const store = openSqliteStore(${JSON.stringify(file)});
      await store.open(${JSON.stringify(exampleRun())}, [${JSON.stringify(exampleEvaluation())}]);
      await store.append(${JSON.stringify(exampleIds.evaluation)}, [${JSON.stringify(exampleSample(0))}], 1);
      console.log('written');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const store = openSqliteStore(file);
    await expect(store.open(exampleRun(), [])).rejects.toThrow(`process ${child.pid} on`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await store.open(exampleRun(), []);
    expect(await Array.fromAsync(store.samples(exampleIds.evaluation))).toHaveLength(1);
    await store.close();
  });
});
