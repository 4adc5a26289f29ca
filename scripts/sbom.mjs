// `npm run -s sbom`: the bill of materials of what runs in production, as CycloneDX JSON on stdout, from the lockfile alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from './toolchain.mjs';

const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const what = [
  'sbom',
  '--sbom-format',
  'cyclonedx',
  '--sbom-type',
  'application',
  '--lockfile-only',
  '--prod',
];
process.stdout.write(runNpm(['exec', '--yes', `--package=pnpm@${engines.pnpm}`, '--', 'pnpm', ...what]));
