// Checks JSON Lines block by block: what the fast scan is sure of is counted, every other line is parsed.
import { isAscii, isUtf8 } from 'node:buffer';
import { BancadaError } from '../../errors.ts';
import { parseJson } from '../json-fault.ts';
import { isRow } from '../source.ts';
import { ColumnSet, type RecordFacts } from './inspection.ts';
import { RecordScan } from './record-scan.ts';

const lineFeed = 10;
/** As `text-line.ts`: what could not be read later is refused now. */
const maximalLength = 64 * 1024 * 1024;

/** Checks one file. */
export class LineCheck {
  readonly #file: string;
  readonly #scan = new RecordScan();
  readonly #columns = new ColumnSet();
  #rest: Buffer[] = [];
  #restBytes = 0;
  #line = 1;
  #rows = 0;

  /** @param file for messages. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Where the next bytes of the file are written to. */
  get block(): Buffer {
    return this.#scan.block;
  }

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Checks the first bytes of {@link block}, wherever lines begin and end in them. @throws BancadaError FILE_INVALID with line and column. */
  take(bytes: number): void {
    const block = this.block.subarray(0, bytes);
    const end = block.lastIndexOf(lineFeed) + 1;
    if (end > 0) this.#checkLines(block, this.#endRest(block), end);
    if (end < bytes) this.#keep(block.subarray(end));
  }

  /** The file is whole. @throws BancadaError FILE_INVALID. */
  end(): RecordFacts {
    if (this.#restBytes > 0) this.#parseLine(Buffer.concat(this.#rest));
    return { rows: this.#rows, columns: this.#columns.names };
  }

  /** The line that began in an earlier block; returns where the next one begins. */
  #endRest(block: Buffer): number {
    if (this.#restBytes === 0) return 0;
    const feed = block.indexOf(lineFeed);
    this.#parseLine(Buffer.concat([...this.#rest, block.subarray(0, feed)]));
    this.#rest = [];
    this.#restBytes = 0;
    return feed + 1;
  }

  #checkLines(block: Buffer, from: number, end: number): void {
    const isText = isUtf8(block.subarray(from, end));
    let start = from;
    while (start < end) {
      if (isText) {
        const passed = this.#scan.scan(start, end);
        this.#line += passed.lines;
        this.#rows += passed.rows;
        start = passed.end;
        if (start === end) return;
      }
      const next = block.indexOf(lineFeed, start) + 1;
      this.#parseLine(block.subarray(start, next - 1));
      this.#scan.learn(start, next);
      start = next;
    }
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

  #parseLine(bytes: Buffer): void {
    // Plain ASCII, the common case, is by far the fastest to decode and to parse.
    const ascii = isAscii(bytes);
    if (!ascii && !isUtf8(bytes)) throw this.#notUtf8(bytes);
    let text = bytes.toString(ascii ? 'latin1' : 'utf8');
    if (this.#line === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    if (text.trim() !== '') this.#addRow(text);
    this.#line += 1;
  }

  #addRow(text: string): void {
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
    const column = validPrefix(bytes) + 1;
    return new BancadaError('FILE_INVALID', `is not UTF-8 text, column ${column}`, {
      file: this.#file,
      line: this.#line,
      column,
      hint: 'Save it as UTF-8',
    });
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
