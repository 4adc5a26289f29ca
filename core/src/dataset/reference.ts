// How a data set is asked for: by name, or by name and version (`squad@2`).
import path from 'node:path';
import { BancadaError, unknownName } from '../errors.ts';
import { keptVersions, versionsFolder } from './versions.ts';

/** What a reference says. */
export interface DatasetReference {
  readonly name: string;
  /** Undefined for the newest. */
  readonly version: number | undefined;
}

/** @throws BancadaError INVALID_INPUT when what follows the `@` is no number. */
export function parseReference(reference: string): DatasetReference {
  const [name = '', version, ...rest] = reference.split('@');
  if (version === undefined) return { name, version: undefined };
  if (/^[1-9]\d{0,8}$/.test(version) && rest.length === 0) return { name, version: Number(version) };
  throw new BancadaError('INVALID_INPUT', 'not a version of a data set', {
    value: reference,
    allowed: 'a name, or a name and a number: squad@2',
  });
}

/** The folder with the manifest of a version. @throws BancadaError UNKNOWN_NAME with the versions that are kept. */
export async function versionFolder(
  folder: string,
  name: string,
  version: number | undefined,
): Promise<string> {
  if (version === undefined) return folder;
  const kept = await keptVersions(folder);
  if (kept.includes(version)) return path.join(folder, versionsFolder, String(version));
  throw unknownName(`version of data set ${name}`, String(version), kept.map(String), {
    hint: kept.length === 0 ? 'Its folder keeps no versions' : undefined,
  });
}
