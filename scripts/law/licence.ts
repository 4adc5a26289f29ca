// Which licences the production dependencies may have, and which packages those are.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Licences that allow use, change and embedding without opening the product's own source. */
export const allowedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** Packages allowed by name under another licence, each with the reason. */
const exceptions: readonly { name: RegExp; licence: string; reason: string }[] = [
  {
    name: /^@img\/sharp-(libvips-)?/,
    licence: 'LGPL-3.0-or-later',
    reason: 'libvips is a shared library, linked at run time, unchanged and replaceable by the user',
  },
  {
    name: /^web-push$/,
    licence: 'MPL-2.0',
    reason: 'its terms hold file by file; it is used unchanged, as npm delivers it',
  },
];

/** An installed package, as its manifest names it. */
export type InstalledPackage = { readonly name: string; readonly version: string; readonly licence: string };

/** A sentence for each package whose licence is not allowed. */
export function licenceBreaches(packages: readonly InstalledPackage[]): string[] {
  return packages
    .filter((entry) => !isAllowed(entry))
    .map(({ name, version, licence }) => `${name}@${version} has licence "${licence}"`);
}

function isAllowed({ name, licence }: InstalledPackage): boolean {
  const excepted = exceptions.filter((entry) => entry.name.test(name)).map((entry) => entry.licence);
  return satisfies(licence, new Set([...allowedLicences, ...excepted]));
}

/** Whether an SPDX expression is met: every side of an AND, one side of an OR. */
export function satisfies(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.replaceAll(/[()]/g, ' ').trim();
  return bare
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => allowed.has(licence.trim())));
}

type Manifest = {
  name?: string;
  version?: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

/** All packages that the package in `folder` needs in production, its dependencies' own included, each once. */
export function productionPackages(folder: string): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const visit = (from: string): void => {
    const manifest = readManifest(from);
    const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    for (const name of names) {
      const at = locate(name, from);
      if (at === undefined || found.has(at)) continue;
      const { version = '?', ...licence } = readManifest(at);
      found.set(at, { name, version, licence: licenceOf(licence) });
      visit(at);
    }
  };
  visit(realpathSync(folder));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function licenceOf({ license, licenses }: Manifest): string {
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map((entry) => entry.type).join(' OR ') ?? 'none given';
}

/** The folder of an installed package, found as Node finds it; undefined for an optional one left out. */
function locate(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}
