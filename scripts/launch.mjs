// Every npm script goes through here: makes sure of Node and the dependencies, then runs the wanted file on that Node.
// Usage: node scripts/launch.mjs [--here] <file> [arguments]; --here runs it in the folder where the user typed.
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureInstalled, node, root } from './toolchain.mjs';

const here = process.argv[2] === '--here';
const [file, ...args] = process.argv.slice(here ? 3 : 2);

try {
  await ensureInstalled();
  const cwd = here ? (process.env.INIT_CWD ?? process.cwd()) : root;
  const command = ['--disable-warning=ExperimentalWarning', join(root, file), ...args];
  // Types are stripped once, not at each start; processes that stay then hold no compiler (some 15 MB each).
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'), ...process.env };
  process.exitCode = await runChild(node, command, { cwd, env });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
