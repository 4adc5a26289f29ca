// The fast check of JSON Lines: a block of lines, of which it names the first that is not a JSON object beyond doubt. Built by tools/record-scan.
import { readFileSync } from 'node:fs';

/** What {@link RecordScan.scan} passed. */
export interface ScannedLines {
  /** Where the first line in doubt begins; the end when there is none. */
  readonly end: number;
  /** Up to there. */
  readonly lines: number;
  /** Those of the lines that are not blank. */
  readonly rows: number;
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  scan(start: number, end: number): number;
  learn(start: number, end: number): void;
  lines(): number;
  rows(): number;
}

interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

// Node's types without those of browsers do not tell them.
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;

// Known keys lie below the block; behind it is room for what is read 16 bytes at a time.
const blockStart = 64 * 1024;
const module = new Module(readFileSync(new URL('./record-scan.wasm', import.meta.url)));

/**
 * A block of bytes in which lines are passed that are JSON objects (RFC 8259) with known keys, or blank.
 * A line that is not passed may be sound all the same: strictness is the parser's, speed is this one's.
 */
export class RecordScan {
  /** The caller writes the lines here, UTF-8. */
  readonly block: Buffer;
  readonly #exports: Exports;

  constructor() {
    this.#exports = new Instance(module).exports as Exports;
    this.block = Buffer.from(this.#exports.memory.buffer, blockStart, 1 << 20);
  }

  /** Lines from `start` on; the byte before `end` is a line feed. */
  scan(start: number, end: number): ScannedLines {
    const reached = this.#exports.scan(blockStart + start, blockStart + end) >>> 0;
    return { end: reached - blockStart, lines: this.#exports.lines(), rows: this.#exports.rows() };
  }

  /** Makes the keys of a line known, which the parser took. It ends with its line feed. */
  learn(start: number, end: number): void {
    this.#exports.learn(blockStart + start, blockStart + end);
  }
}
