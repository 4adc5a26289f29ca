// Where a JSON text breaks: line and column from the position that the engine names.
import { BancadaError, toError } from '../errors.ts';

/**
 * Parses JSON.
 * @param firstLine line of the file at which the text begins, from 1.
 * @throws BancadaError FILE_INVALID with file, line, column and the parser's reason.
 */
export function parseJson(text: string, file: string, firstLine: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = toError(cause);
    const before = text.slice(0, positionOf(message, text));
    const line = firstLine + before.split('\n').length - 1;
    const column = before.length - before.lastIndexOf('\n');
    const reason = message.replace(/ (in JSON )?at position \d+.*$/s, '').replace(/, "?\.{3}.*$|, ".*$/s, '');
    throw new BancadaError('FILE_INVALID', `is not valid JSON: ${reason}, column ${column}`, {
      file,
      line,
      column,
      cause,
    });
  }
}

function positionOf(message: string, text: string): number {
  const named = /at position (\d+)/.exec(message)?.[1];
  if (named !== undefined) return Number(named);
  return isUnexpectedToken(message) ? tokenIn(text) : text.length;
}

/** The engine names no position for a token that it did not expect: the shortest beginning that it refuses for one ends with it. */
function tokenIn(text: string): number {
  let sound = 0;
  let refused = text.length;
  while (refused - sound > 1) {
    const middle = sound + ((refused - sound) >> 1);
    if (isUnexpectedToken(faultOf(text.slice(0, middle)))) refused = middle;
    else sound = middle;
  }
  return sound;
}

function faultOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (fault) {
    return toError(fault).message;
  }
}

function isUnexpectedToken(message: string): boolean {
  return message.startsWith('Unexpected token');
}
