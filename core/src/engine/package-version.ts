// The installed version of a package.
import { readFileSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';

/** As its package.json says; `through` names the package whose dependency it is. `unknown` when it is not found. */
export function packageVersion(name: string, through?: string): string {
  try {
    const from =
      through === undefined
        ? import.meta.url
        : pathToFileURL(realpathSync(findPackageJSON(through, import.meta.url) ?? ''));
    const file = findPackageJSON(name, from);
    const { version }: { version?: unknown } = JSON.parse(readFileSync(file ?? '', 'utf8'));
    return typeof version === 'string' ? version : 'unknown';
  } catch {
    return 'unknown';
  }
}
