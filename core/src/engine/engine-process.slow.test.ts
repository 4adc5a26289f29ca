// Killed and orphaned engine processes: every request answered once, nothing left behind.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const file = fileURLToPath(new URL('../../../../shared/data/models/stories260K.gguf', import.meta.url));
const present = existsSync(file);
if (!present) console.log('skipped: ../shared/data/models/stories260K.gguf is absent');

it.runIf(present)('an engine ends with its parent, also when that is killed', async () => {
  const engine = new URL('./engine.ts', import.meta.url).href;
  const spec = { backend: 'llama-cpp', options: { file, threads: 1, parallel: 1, gpu: false, seed: 0 } };
  const program = `const { Engine } = await import(${JSON.stringify(engine)});
    const engine = await Engine.open(${JSON.stringify(spec)});
    console.log(engine.pid);
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said]: Buffer[] = await once(parent.stdout, 'data');
  const child = Number(String(said));
  expect(alive(child)).toBe(true);
  parent.kill('SIGKILL');
  const deadline = performance.now() + 5000;
  while (alive(child) && performance.now() < deadline) await setTimeout(20);
  expect(alive(child)).toBe(false);
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
