// Exit codes and signals pass through a parent process exactly, whether the whole group or the parent alone is told.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const module = new URL('child.mjs', import.meta.url).href;

/** A parent in a process group of its own, which runs `program` by runChild and exits with its code. */
function startParent(program: string) {
  const source = `
    import { runChild } from ${JSON.stringify(module)};
    process.exit(await runChild(process.execPath, ['--eval', ${JSON.stringify(program)}]));`;
  return spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
}

async function exitCode(parent: ReturnType<typeof startParent>): Promise<number> {
  const [code] = await once(parent, 'close');
  return code;
}

test.each([0, 1, 2, 130])('the exit code %i is handed back', async (code) => {
  expect(await exitCode(startParent(`process.exit(${code})`))).toBe(code);
});

test('a child ended by a signal gives 128 and the number of the signal', async () => {
  expect(await exitCode(startParent(`process.kill(process.pid, 'SIGKILL')`))).toBe(137);
});

test('a parent that is text given to Node starts the wanted file, not itself again', async () => {
  const source = `import { runNode } from ${JSON.stringify(module)};
    process.exit(await runNode([${JSON.stringify(fileURLToPath(new URL('fixture/told.mjs', import.meta.url)))}, 'a b']));`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const timer = setTimeout(() => process.kill(-Number(parent.pid), 'SIGKILL'), 10_000);
  const [said] = await Promise.all([text(parent.stdout), once(parent, 'close')]);
  clearTimeout(timer);
  expect(said).toBe('told a b\n');
});

const waiting = `
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
    console.log(signal);
    setTimeout(() => process.exit(130), 100);
  });
  setInterval(() => {}, 1000);
  console.log('ready');`;

test.each([
  ['SIGINT', 'the parent alone'],
  ['SIGTERM', 'the parent alone'],
  ['SIGINT', 'the process group'],
  ['SIGTERM', 'the process group'],
] as const)('%s to %s reaches the child, whose exit code is kept', async (signal, target) => {
  const parent = startParent(waiting);
  const lines: string[] = [];
  createInterface({ input: parent.stdout }).on('line', (line) => {
    lines.push(line);
    if (line !== 'ready' || parent.pid === undefined) return;
    process.kill(target === 'the process group' ? -parent.pid : parent.pid, signal);
  });
  expect(await exitCode(parent)).toBe(130);
  expect(lines).toContain(signal);
});
