// The text of a suite as a run keeps it, and as core reads it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseSuite, type Suite } from '@bancada/core';
import { isSeq, parseDocument } from 'yaml';
import { keyParts } from './configuration/renamed-yaml.ts';

/** Where names and paths of a suite are looked up. */
export interface SuitePlace {
  readonly homes: readonly string[];
  readonly limit: number | undefined;
  /** Of the registered suite, when it is one: its paths are relative to its file. */
  readonly name: string | undefined;
}

/** Reads what a run keeps, as the workers read it. @throws BancadaError, BancadaErrors. */
export function runSuite(config: string, { homes, limit, name }: SuitePlace): Suite {
  const suite = parseSuite(config, `${name ?? 'suite'}.yaml`, { homes, limit });
  const candidates = homes.map((home) => path.join(home, 'suites', suite.file));
  const file = candidates.find((candidate) => existsSync(candidate)) ?? candidates[0] ?? suite.file;
  return { ...suite, baseDirectory: path.dirname(file) };
}

/**
 * The same text with these models and tasks alone, comments kept; gates on what is left out go with it.
 * @throws BancadaError UNKNOWN_NAME for a name that the suite does not hold.
 */
export function narrowedSuite(
  text: string,
  only: { readonly models: readonly string[] | undefined; readonly tasks: readonly string[] | undefined },
): string {
  if (only.models === undefined && only.tasks === undefined) return text;
  const whole = parseSuite(text, 'suite.yaml', { homes: [] });
  const narrow = parseSuite(text, 'suite.yaml', { homes: [], ...only });
  const document = parseDocument(text);
  for (const list of ['models', 'tasks', 'gates'] as const) {
    const node = document.get(list);
    if (!isSeq(node)) continue;
    const entries: readonly unknown[] = whole.definition[list];
    const kept = new Set(narrow.definition[list].map((entry) => JSON.stringify(entry)));
    node.items = node.items.filter((_, index) => kept.has(JSON.stringify(entries[index])));
    if (node.items.length === 0 && list === 'gates') document.delete(list);
  }
  return String(document);
}

/** What stands at a key such as `tasks[1].num_fewshot`; undefined for a key that there is not. */
export function suiteValue(text: string, key: string): unknown {
  const names = keyParts(key);
  const document = parseDocument(text);
  return document.errors.length > 0 || names.length === 0 ? undefined : document.getIn(names);
}
