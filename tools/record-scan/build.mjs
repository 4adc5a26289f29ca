// Compiles scan.ts to core/src/dataset/inspection/record-scan.wasm: node tools/record-scan/build.mjs (npx fetches the compiler).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(import.meta.dirname, 'scan.ts');
const target = join(import.meta.dirname, '../../core/src/dataset/inspection/record-scan.wasm');

const compiler = ['-y', '-p', 'assemblyscript@0.28.20', 'asc'];
// 18 pages: the known keys, a block of 1 MiB, and room behind it.
const memory = ['--initialMemory', '18', '--maximumMemory', '18'];
const options = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'bulk-memory'];
execFileSync('npx', [...compiler, source, '-o', target, ...memory, ...options], { stdio: 'inherit' });

// A custom section with the hash of the source, by which a test sees that the module is not older than it.
const name = Buffer.from('source');
const hash = createHash('sha256').update(readFileSync(source)).digest();
appendFileSync(target, Buffer.from([0, 1 + name.length + hash.length, name.length, ...name, ...hash]));
