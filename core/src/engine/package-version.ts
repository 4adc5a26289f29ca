// The installed version of a package.
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** As its package.json says; `unknown` when it is not installed. */
export function packageVersion(name: string): string {
  const file = findPackageJSON(name, import.meta.url);
  if (file === undefined) return 'unknown';
  const { version }: { version?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
  return typeof version === 'string' ? version : 'unknown';
}
