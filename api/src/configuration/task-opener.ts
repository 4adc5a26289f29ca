// Opens a task of a stranger within bounds: its templates and expressions are tried on its first row.
import { BoundedThread } from '../bounded-thread.ts';

/** Where the task lies, and where what it names may lie. */
export interface TaskFile {
  readonly file: string;
  readonly homes: readonly string[];
}

/** What is known of a task. */
interface OpenedTask {
  readonly outputType: string;
  readonly dataset: string;
  readonly retrieves: boolean;
  readonly metrics: readonly string[];
}

/** One thing that is wrong, as core tells it. */
export interface TaskFault {
  readonly path: string;
  readonly message: string;
  readonly value: unknown;
  readonly line: number | undefined;
}

/** What came of it. `faulty` tells what is known all the same; `missingData`: nothing is wrong but that the data are not there yet. */
export type OpeningOutcome =
  | { readonly status: 'opened'; readonly task: OpenedTask }
  | {
      readonly status: 'faulty';
      readonly outputType: string;
      readonly dataset: string;
      readonly missingData: boolean;
      readonly faults: readonly TaskFault[];
    }
  | { readonly status: 'broken'; readonly stack: string };

const longestMs = 20_000;

const thread = new BoundedThread<TaskFile, OpeningOutcome>(new URL('./task-thread.ts', import.meta.url), {
  longestMs,
  memoryMb: 512,
});

/** @throws Error for a fault of ours. */
export async function openTask(asked: TaskFile): Promise<Exclude<OpeningOutcome, { status: 'broken' }>> {
  const outcome = (await thread.ask(asked)) ?? tooMuch;
  if (outcome.status === 'broken') throw new Error(`a task could not be opened: ${outcome.stack}`);
  return outcome;
}

const tooMuch: OpeningOutcome = {
  status: 'faulty',
  outputType: 'generate_until',
  dataset: '',
  missingData: false,
  faults: [
    {
      path: '',
      message: `opening the task and trying its first row took more than ${longestMs / 1000} s or 512 MB; allowed: templates and data that are read within that`,
      value: null,
      line: undefined,
    },
  ],
};
