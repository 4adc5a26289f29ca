// A suite as it is given to be saved: its text checked by core as a file is, what it names looked up.
import { BancadaError, parseSuite, planRun } from '@bancada/core';
import { homesWithLibrary, libraryOf } from '@bancada/prisma';
import type { Services } from '../context.ts';
import { ValidationError, type ValidationIssue } from '../schema/error.ts';
import { outsideHomes } from '../suite-paths.ts';
import { runSuite, suiteValue } from '../suite-text.ts';
import { textAt, withKey } from './renamed-yaml.ts';
import { requireSlug } from './slug.ts';

/** The YAML of a suite, and a name that is put into it. */
export interface SuiteGiven {
  readonly yaml: string;
  readonly name?: string | null | undefined;
}

/** A suite that core accepts. */
export interface CheckedSuite {
  readonly name: string;
  readonly description: string | undefined;
  readonly yaml: string;
  /** What cannot be run yet: a model, task or corpus that is not there. */
  readonly warnings: readonly ValidationIssue[];
}

/** @throws ValidationError with path and line of each fault. */
export async function checkedSuite(services: Services, given: SuiteGiven): Promise<CheckedSuite> {
  const yaml = given.name ? withKey(given.yaml, 'name', given.name) : given.yaml;
  const shown = textAt(yaml, 'name') ?? 'suite';
  const { definition } = refusing(yaml, () => parseSuite(yaml, `${shown}.yaml`, { homes: [] }));
  requireSlug(definition.name, 'name');
  const outside = await outsideHomes(definition, services.homes);
  if (outside.length > 0) throw new ValidationError(outside);
  const { name, description } = definition;
  return { name, description, yaml, warnings: await warningsOf(services, name, yaml) };
}

async function warningsOf(
  services: Services,
  name: string,
  yaml: string,
): Promise<readonly ValidationIssue[]> {
  const { homes, secret, network, indexDirectory, pool } = services;
  const found = await homesWithLibrary(homes, await libraryOf(pool, yaml));
  try {
    await planRun(runSuite(yaml, { homes, limit: undefined, name }), {
      homes: found,
      secret,
      network,
      indexDirectory,
    });
    return [];
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    return ValidationError.of(thrown, (key) => suiteValue(yaml, key)).issues;
  }
}

function refusing<Result>(yaml: string, read: () => Result): Result {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    throw ValidationError.of(thrown, (key) => suiteValue(yaml, key));
  }
}
