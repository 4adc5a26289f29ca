// The house rules that a machine can hold: purpose line, length, names of files, exports, `any`, environment.
import { basename, dirname } from 'node:path';
import { readFacts } from './source-file.ts';
import type { SourceText } from './source-tree.ts';

/** The most lines a hand-written file may have. */
export const maximumLines = 400;

const drawers = /^(utils?|helpers?|common|misc|lib|shared|types|constants)$/;
const environmentReader = 'core/src/cli/environment.ts';

/** Every breach of the house rules, one sentence each with file and line; empty when they are held. */
export function houseRuleBreaches(files: readonly SourceText[]): string[] {
  return files.flatMap(({ path, text }) => {
    const facts = readFacts(path, text);
    const found: string[] = [];
    const at = (lines: readonly number[], rule: string) => {
      for (const line of lines) found.push(`${path}:${line} ${rule}`);
    };
    if (!/^(\/\/|\/\*\*?) *\S.{9,}/.test(facts.firstLine))
      at([1], 'does not open with a comment that says its purpose');
    if (facts.lineCount > maximumLines) at([facts.lineCount], `is longer than ${maximumLines} lines`);
    if (isDrawer(path)) at([1], 'is in a drawer without a name of its own');
    at(facts.exportAllLines, 'exports * instead of names');
    if (!isLoadedByDefault(path)) at(facts.defaultExportLines, 'has a default export');
    if (!path.startsWith('scripts/')) at(facts.anyLines, 'says any');
    if (mayNotReadEnvironment(path))
      at(facts.environmentLines, `reads the environment outside ${environmentReader}`);
    return found;
  });
}

function isDrawer(path: string): boolean {
  const name = basename(path).replace(/\..*$/, '');
  return [name, ...dirname(path).split('/')].some((part) => drawers.test(part));
}

function mayNotReadEnvironment(path: string): boolean {
  return path.startsWith('core/src/') && path !== environmentReader && !path.endsWith('.test.ts');
}

/** Vitest takes its configuration and reporters as default exports. */
function isLoadedByDefault(path: string): boolean {
  return path.endsWith('.config.ts') || path.endsWith('-reporter.mjs');
}
