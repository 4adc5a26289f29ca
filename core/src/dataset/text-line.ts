// The lines of a UTF-8 file, streamed: split at line feeds alone, because U+2028 may stand inside a JSON string.
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { BancadaError } from '../errors.ts';

/** One line without its end; `line` counts from 1. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
}

/** A longer line is refused before it fills the memory. */
const maximalLength = 64 * 1024 * 1024;

/**
 * Streams the lines of a file; a byte order mark at the start is dropped.
 * @throws BancadaError FILE_INVALID when the bytes are not UTF-8 or a line is longer than 64 Mi characters.
 */
export async function* readLines(file: string, signal?: AbortSignal): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 1;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18, signal })) {
    const lines = (rest + decode(decoder, chunk, file, line)).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield { line: line++, text };
    if (rest.length > maximalLength) {
      throw new BancadaError('FILE_INVALID', 'line too long', {
        file,
        line,
        allowed: `at most ${maximalLength} characters`,
      });
    }
  }
  rest += decode(decoder, undefined, file, line);
  if (rest !== '') yield { line, text: rest };
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, file: string, line: number): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new BancadaError('FILE_INVALID', 'is not UTF-8 text', {
      file,
      line,
      hint: 'Save it as UTF-8',
      cause,
    });
  }
}
