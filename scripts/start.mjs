// `npm start`: runs the bundled suite into results.sqlite, goes on with an unfinished run, and says what can follow.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { root } from './toolchain.mjs';

const suite = join('data', 'suites', 'quickstart.yaml');
const results = 'results.sqlite';
const resume = existsSync(join(root, results)) ? ['--resume'] : [];
const bancada = [join('core', 'src', 'cli', 'main.ts'), 'run', suite, '--out', results, ...resume];

const code = await runChild(process.execPath, [...process.execArgv, ...bancada, ...process.argv.slice(2)], {
  cwd: root,
});
process.exitCode = code;

if (code === 0 || code === 1) {
  console.log(`
The samples and scores are in ${results}. What can follow:
  npm run bancada -- show ${results}                        the table again
  npm run bancada -- compare bancada-tiny bancada-micro     the difference, with its uncertainty
  npm run bancada -- export ${results} --format csv         also json, jsonl, markdown
  npm run bancada -- run my-suite.yaml                      a suite of your own`);
} else if (code === 130) {
  console.error('Stopped. `npm start` goes on from here.');
}
