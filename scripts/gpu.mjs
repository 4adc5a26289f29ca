// `npm run gpu [-- cuda | vulkan]`: brings the engine's CUDA and Vulkan libraries, which an installation leaves out.
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from './toolchain.mjs';

const variants = { cuda: ['cuda', 'cuda-ext'], vulkan: ['vulkan'] };
const platforms = { 'linux-x64': 'linux-x64', 'win32-x64': 'win-x64' };

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(variants, name));
const platform = platforms[`${process.platform}-${process.arch}`];

if (unknown !== undefined) {
  console.error(`Unknown "${unknown}"; allowed: ${Object.keys(variants).join(', ')}, or nothing for both.`);
  process.exitCode = 2;
} else if (process.platform === 'darwin') {
  console.log('Nothing to fetch: on macOS the engine always comes with Metal.');
} else if (platform === undefined) {
  console.error(
    `No CUDA or Vulkan package exists for ${process.platform}-${process.arch}; only for Linux and Windows on x64.`,
  );
  process.exitCode = 1;
} else {
  fetchLibraries(platform, wanted.length > 0 ? wanted : Object.keys(variants));
}

/** Puts the packages beside the dependencies under node_modules, where the engine finds them by their names. */
function fetchLibraries(prefix, names) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'core', 'package.json'), 'utf8'));
  const version = dependencies['node-llama-cpp'];
  const packages = names.flatMap((name) => variants[name]).map((name) => `${prefix}-${name}`);
  const store = join(root, 'node_modules', '.gpu');
  const scope = join(root, 'node_modules', '@node-llama-cpp');
  console.error(`Fetching ${packages.join(', ')} ${version} from the npm registry (up to 630 MB).`);
  mkdirSync(store, { recursive: true });
  mkdirSync(scope, { recursive: true });
  writeFileSync(join(store, 'package.json'), '{"private": true}\n');
  const specifiers = packages.map((name) => `@node-llama-cpp/${name}@${version}`);
  runNpm(['install', '--prefix', store, '--ignore-scripts', '--no-package-lock', ...specifiers], {
    show: true,
  });
  for (const name of packages) {
    const link = join(scope, name);
    rmSync(link, { force: true, recursive: true });
    symlinkSync(join('..', '.gpu', 'node_modules', '@node-llama-cpp', name), link, 'junction');
  }
  console.log('Done. `npm run bancada -- doctor` shows which accelerator the engine takes.');
}
