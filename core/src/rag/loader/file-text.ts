// The whole text of a UTF-8 file, byte order mark dropped.
import { readFile } from 'node:fs/promises';
import { BancadaError } from '../../errors.ts';

/** @throws BancadaError FILE_INVALID with the line of the first byte that is not UTF-8. */
export async function readText(file: string, signal?: AbortSignal): Promise<string> {
  const bytes = await readFile(file, { signal });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const text = new TextDecoder('utf-8').decode(bytes);
    const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
    throw new BancadaError('FILE_INVALID', 'is not UTF-8 text', {
      file,
      line,
      hint: 'Save it as UTF-8',
      cause,
    });
  }
}
