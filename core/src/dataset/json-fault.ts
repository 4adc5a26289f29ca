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
    const named = /at position (\d+)/.exec(message)?.[1];
    const before = text.slice(0, named === undefined ? text.length : Number(named));
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
