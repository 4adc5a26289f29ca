// `npm start`: builds what is stale, then runs the whole system until Ctrl-C.
import { ensureBuilt } from './build.mjs';

try {
  await ensureBuilt();
  // In this process, not in a child: one Node less in memory while the system runs.
  await import('./platform/end-with-parent.ts');
  await import('./platform/start.ts');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
