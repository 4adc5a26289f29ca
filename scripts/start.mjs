// `npm start`: builds what is stale, then runs the whole system until Ctrl-C.
import { join } from 'node:path';
import { runNode } from './child.mjs';
import { root } from './toolchain.mjs';

try {
  // In a child: reading all sources would stay in the memory of the process that stays.
  const code = await runNode([join(root, 'scripts', 'build-all.mjs')]);
  if (code !== 0) process.exit(code);
  // In this process, not in a child: one Node less in memory while the system runs.
  await import('./platform/end-with-parent.ts');
  await import('./platform/start.ts');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
