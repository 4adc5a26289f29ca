// Generates the Prisma client and the types that Pothos reads, when the schema or a generator has changed. Costs seconds, needs no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(folder, 'generated', '.schema-sha256');
const outputs = [
  join(folder, 'generated', 'client.ts'),
  join(folder, '..', 'api', 'src', 'generated', 'pothos-types.ts'),
];

const hash = createHash('sha256');
for (const file of ['schema.prisma', 'package.json']) hash.update(readFileSync(join(folder, file)));
const wanted = hash.digest('hex');

if (!isFresh()) {
  const prisma = join(folder, 'node_modules', 'prisma', 'build', 'index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      // `generate` never runs the native schema engine, but would download it; any executable keeps it from that.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (status !== 0) {
    console.error(`prisma generate failed:\n${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(stampFile, wanted);
}

function isFresh() {
  return outputs.every(existsSync) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;
}
