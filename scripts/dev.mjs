// `npm run dev`: the system of `npm start`, with API and worker begun anew when a file of theirs changes, and the dashboard by Vite.
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runChild, runNode } from './child.mjs';
import { root } from './toolchain.mjs';

const ended = new AbortController();
const dashboard = join(root, 'pwa');

try {
  await ensureBuilt();
  const system = runNode([
    join(root, 'scripts', 'platform', 'start.ts'),
    '--watch',
    ...process.argv.slice(2),
  ]);
  const vite = [join(dashboard, 'node_modules', 'vite', 'bin', 'vite.js'), '--clearScreen', 'false'];
  runChild(process.execPath, vite, { cwd: dashboard, signal: ended.signal }).catch((error) => {
    if (!ended.signal.aborted) console.error(`the dashboard's development server: ${error.message}`);
  });
  process.exitCode = await system;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
ended.abort();
