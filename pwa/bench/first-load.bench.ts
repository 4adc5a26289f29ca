// JavaScript that a browser loads for the page of runs before anyone touches it, as it travels: gzip.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const limitKb = 60;
const dist = path.resolve(import.meta.dirname, '../dist');

/** Files that the build names by what they hold: entry points of pages, found by the source they came from. */
interface BuildManifest {
  readonly [source: string]: {
    readonly file: string;
    /** Of a chunk: the name of its main module. */
    readonly name?: string;
    readonly imports?: readonly string[];
  };
}

const manifestFile = path.join(dist, '.vite/manifest.json');
if (!existsSync(manifestFile)) throw new Error('The dashboard is not built: run "pnpm build" in pwa/ first.');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as BuildManifest;
const files = new Set<string>();
for (const entry of ['index.html', 'src/routes/runs/runs-page.tsx']) collect(entry);
for (const file of linked(readFileSync(path.join(dist, 'index.html'), 'utf8'))) files.add(file);

const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length, 0);
const value = Math.round(bytes / 100) / 10;
console.log(
  JSON.stringify({
    name: 'first load: JavaScript of /runs',
    value,
    unit: 'kB gzip',
    limit: `<= ${limitKb}`,
    pass: value <= limitKb,
    note: `${files.size} files before the first interaction, service worker aside`,
  }),
);

/** A module and all that it imports without being asked later. */
function collect(source: string): void {
  // A page whose parts are shared with what it loads later has no entry under its source, only under its name.
  const { name } = path.parse(source);
  const chunk =
    manifest[source] ?? Object.values(manifest).find((one) => one.name === name && one.file.endsWith('.js'));
  if (chunk === undefined) throw new Error(`The build has no "${source}": run "pnpm build" in pwa/ first.`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) collect(next);
}

/** Scripts and preloads of the page. */
function linked(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
}
