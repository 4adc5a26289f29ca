// The inspecting process as others see it: a file goes in, what is in it comes out, and its memory and time are bounded.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BancadaError } from '../../errors.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import type { Inspection, InspectionFault } from './inspection.ts';
import type { InspectorInput, InspectorOutput } from './protocol.ts';

/** Bounds of one inspection. */
export interface InspectorLimits {
  /** Of JavaScript memory, in MiB; default 512. */
  readonly memoryMiB?: number | undefined;
  /** Without a sign of life; default 60,000. */
  readonly stallMs?: number | undefined;
  /** Characters of text in all records together, which a dictionary writes once; any number by default. */
  readonly mostText?: number | undefined;
}

/** One file that is checked while it is written. */
export interface FileInspection {
  /** The file has so many bytes by now. */
  grown(bytes: number): void;
  /** The file is whole. @throws BancadaError FILE_INVALID with line and column of the first bad record. */
  whole(bytes: number): Promise<Inspection>;
  /** Settles with the first fault, as soon as it is found; never when there is none. */
  readonly fault: Promise<BancadaError>;
  /** Ends it, whatever it is doing. */
  stop(): void;
}

/**
 * Begins to check a file. Messages name it `shownAs`, never by its path.
 * @param format a name of the registry of data sources.
 */
export function inspectFile(
  file: string,
  format: string,
  shownAs: string,
  limits: InspectorLimits = {},
): FileInspection {
  const inspector = new Inspector(limits, (text) => text.replaceAll(file, shownAs));
  inspector.send({ type: 'follow', file, format, mostText: limits.mostText ?? Number.MAX_SAFE_INTEGER });
  return {
    grown: (bytes) => inspector.send({ type: 'grown', bytes }),
    async whole(bytes) {
      inspector.send({ type: 'whole', bytes });
      const output = await inspector.result;
      if (output.type === 'inspected') return output.inspection;
      throw unexpected(output);
    },
    fault: new Promise((resolve) => {
      inspector.result.catch((thrown: unknown) => resolve(thrown as BancadaError));
    }),
    stop: () => inspector.stop(),
  };
}

/** Files of one split for {@link describeColumns}. */
export interface DescribedFiles {
  readonly files: readonly string[];
  readonly format?: string | undefined;
  readonly field?: string | undefined;
  /** How many rows are read at most. */
  readonly rows: number;
}

/** What {@link describeColumns} gives. */
export interface ColumnDescription {
  /** How many were read. */
  readonly rows: number;
  readonly columns: readonly ColumnStatistics[];
}

/** Statistics of every column, read in a process of its own. @throws BancadaError FILE_INVALID. */
export async function describeColumns(
  { files, format, field, rows }: DescribedFiles,
  limits: InspectorLimits = {},
): Promise<ColumnDescription> {
  const inspector = new Inspector(limits, (text) => text);
  inspector.send({ type: 'describe', files, format, field, rows });
  const output = await inspector.result;
  if (output.type === 'described') return { rows: output.rows, columns: output.columns };
  throw unexpected(output);
}

class Inspector {
  /** The answer. @throws BancadaError. */
  readonly result: Promise<InspectorOutput>;
  readonly #child: ChildProcess;
  readonly #stallMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor({ memoryMiB = 512, stallMs = 60_000 }: InspectorLimits, shown: (text: string) => string) {
    this.#stallMs = stallMs;
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
      execPath: process.execPath,
      execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${memoryMiB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#child = child;
    this.result = new Promise((resolve, reject) => {
      child.on('message', (message: InspectorOutput) => {
        this.#watch();
        if (message.type === 'alive') return;
        if (message.type === 'failed') reject(errorOf(message.fault, shown));
        else resolve(message);
        this.stop();
      });
      child.on('error', reject);
      child.on('close', () => reject(died(memoryMiB, stallMs)));
    });
    // Whoever stopped it does not wait for its answer.
    this.result.catch(() => undefined);
    this.#watch();
  }

  send(message: InspectorInput): void {
    this.#watch();
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#child.kill('SIGKILL');
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), this.#stallMs);
    this.#timer.unref();
  }
}

function errorOf(
  { code, message, line, column }: InspectionFault,
  shown: (text: string) => string,
): BancadaError {
  const error = new BancadaError(code, shown(message));
  return Object.assign(error, { detail: { line, column } });
}

function died(memoryMiB: number, stallMs: number): BancadaError {
  return new BancadaError('FILE_INVALID', 'the file cannot be read', {
    allowed: `what fits ${memoryMiB} MiB of memory and shows progress within ${stallMs / 1000} s`,
    hint: 'JSON Lines stream at any size; Parquet with smaller row groups does',
  });
}

function unexpected(output: InspectorOutput): Error {
  return new Error(`the inspecting process answered ${output.type}`);
}
