// `npm start`: builds what is stale, then runs the whole system until Ctrl-C.
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runChild } from './child.mjs';
import { root } from './toolchain.mjs';

try {
  await ensureBuilt();
  const system = [join(root, 'scripts', 'platform', 'start.ts'), ...process.argv.slice(2)];
  process.exitCode = await runChild(process.execPath, [...process.execArgv, ...system], { cwd: root });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
