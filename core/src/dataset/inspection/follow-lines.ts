// Checks JSON Lines while the file is still growing: bytes as they are written, one parse a line.
import { isAscii, isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { BancadaError } from '../../errors.ts';
import { parseJson } from '../json-fault.ts';
import { isRow } from '../source.ts';
import { ColumnSet, type Inspection } from './inspection.ts';

const blockBytes = 1 << 20;
const lineFeed = 10;
/** As `text-line.ts`: what could not be read later is refused now. */
const maximalLength = 64 * 1024 * 1024;

/** Follows one file. */
export class LineFollower {
  readonly #handle: FileHandle;
  readonly #file: string;
  readonly #columns = new ColumnSet();
  readonly #block = Buffer.allocUnsafe(blockBytes);
  #position = 0;
  #rest: Buffer[] = [];
  #restBytes = 0;
  #line = 1;
  #rows = 0;

  constructor(handle: FileHandle, file: string) {
    this.#handle = handle;
    this.#file = file;
  }

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Reads up to a number of bytes that the file has by now. @throws BancadaError FILE_INVALID with line and column. */
  async readTo(bytes: number): Promise<void> {
    while (this.#position < bytes) {
      const wanted = Math.min(blockBytes, bytes - this.#position);
      const { bytesRead } = await this.#handle.read(this.#block, 0, wanted, this.#position);
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      this.#take(this.#block.subarray(0, bytesRead));
    }
  }

  /** The file is whole. @throws BancadaError FILE_INVALID. */
  end(): Inspection {
    if (this.#restBytes > 0) this.#check(Buffer.concat(this.#rest));
    return { rows: this.#rows, columns: this.#columns.names };
  }

  #take(block: Buffer): void {
    const end = block.lastIndexOf(lineFeed);
    if (end < 0) {
      this.#keep(block);
      return;
    }
    this.#check(this.#restBytes === 0 ? block.subarray(0, end) : this.#withRest(block.subarray(0, end)));
    this.#rest = [];
    this.#restBytes = 0;
    if (end + 1 < block.length) this.#keep(block.subarray(end + 1));
  }

  #withRest(bytes: Buffer): Buffer {
    return Buffer.concat([...this.#rest, bytes]);
  }

  #keep(bytes: Buffer): void {
    this.#rest.push(Buffer.from(bytes));
    this.#restBytes += bytes.length;
    if (this.#restBytes <= maximalLength) return;
    throw new BancadaError('FILE_INVALID', 'line too long', {
      file: this.#file,
      line: this.#line,
      column: maximalLength + 1,
      allowed: `at most ${maximalLength} characters`,
    });
  }

  #check(bytes: Buffer): void {
    // Plain ASCII, the common case, is by far the fastest to decode and to parse.
    const ascii = isAscii(bytes);
    if (!ascii && !isUtf8(bytes)) throw this.#notUtf8(bytes);
    let text = bytes.toString(ascii ? 'latin1' : 'utf8');
    if (this.#line === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    let start = 0;
    while (start <= text.length) {
      const feed = text.indexOf('\n', start);
      const end = feed < 0 ? text.length : feed;
      this.#record(text.slice(start, end));
      this.#line += 1;
      start = end + 1;
    }
  }

  #record(text: string): void {
    if (text === '' || text === '\r' || text.trim() === '') return;
    const row = parseJson(text, this.#file, this.#line);
    if (!isRow(row)) {
      throw new BancadaError('FILE_INVALID', 'is not a JSON object, column 1', {
        file: this.#file,
        line: this.#line,
        column: 1,
        value: row,
        allowed: 'one object a line',
      });
    }
    this.#columns.add(row, this.#line);
    this.#rows += 1;
  }

  #notUtf8(bytes: Buffer): BancadaError {
    let line = this.#line;
    let start = 0;
    for (;;) {
      const feed = bytes.indexOf(lineFeed, start);
      const end = feed < 0 ? bytes.length : feed;
      const part = bytes.subarray(start, end);
      if (!isUtf8(part) || feed < 0) {
        const column = validPrefix(part) + 1;
        return new BancadaError('FILE_INVALID', `is not UTF-8 text, column ${column}`, {
          file: this.#file,
          line,
          column,
          hint: 'Save it as UTF-8',
        });
      }
      line += 1;
      start = end + 1;
    }
  }
}

/** Characters before the first byte that is not UTF-8. */
function validPrefix(bytes: Buffer): number {
  const decoded = bytes.toString('utf8');
  let sound = 0;
  for (const character of decoded) {
    if (character === '\uFFFD' && !isUtf8(bytes.subarray(0, Buffer.byteLength(decoded.slice(0, sound + 1)))))
      break;
    sound += character.length;
  }
  return sound;
}
