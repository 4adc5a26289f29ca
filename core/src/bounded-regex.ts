// Regular expressions of task files over a model's answers, stopped after a second: some patterns take years on a few characters.
import { createContext, Script } from 'node:vm';
import { BancadaError, toError } from './errors.ts';

/** A search that takes longer is given up. */
export const maximalMilliseconds = 1000;

/** Steps that take well under a tenth of a second; below this no watchdog is set, which costs 0.4 ms each time. */
const harmlessSteps = 5e7;

const context = createContext({ work: undefined });
const watched = new Script('work()');
const growth = new WeakMap<RegExp, number>();

/** All matches of an expression with flag `g`. @throws BancadaError INVALID_INPUT when they take longer than a second. */
export function findAll(regex: RegExp, text: string): RegExpExecArray[] {
  return bounded(regex, text, () => [...text.matchAll(regex)]);
}

/** The text with each match of an expression with flag `g` replaced. @throws as {@link findAll}. */
export function replaceAll(
  regex: RegExp,
  text: string,
  replacement: (...match: unknown[]) => string,
): string {
  return bounded(regex, text, () => text.replace(regex, replacement));
}

/** The text without the matches of an expression with flag `g`. @throws as {@link findAll}. */
export function removeAll(regex: RegExp, text: string): string {
  return bounded(regex, text, () => text.replace(regex, ''));
}

function bounded<Result>(regex: RegExp, text: string, work: () => Result): Result {
  if (text.length ** power(regex) <= harmlessSteps) return work();
  context.work = work;
  try {
    return watched.runInContext(context, { timeout: maximalMilliseconds }) as Result;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw toError(cause);
    throw new BancadaError('INVALID_INPUT', `regular expression took longer than ${maximalMilliseconds} ms`, {
      value: regex.source,
      hint: 'Write it without repetitions inside repetitions',
      cause,
    });
  } finally {
    context.work = undefined;
  }
}

/** The power of the text's length with which the steps may grow: one for the start, one for each open repetition; no limit when a group is repeated. */
function power(regex: RegExp): number {
  const known = growth.get(regex);
  if (known !== undefined) return known;
  const bare = regex.source.replace(/\\[\s\S]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const repetitions = bare.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  const result = /\)(?:[*+]|\{)/.test(bare) ? 99 : repetitions + 1;
  growth.set(regex, result);
  return result;
}
