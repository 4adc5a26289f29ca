// Shows a run while it happens: a live bar on a terminal, plain lines elsewhere.
import cliProgress from 'cli-progress';
import type { Progress, RunEvent } from '../run/event.ts';
import { formatDuration } from './number-format.ts';
import { evaluationName } from './result-table.ts';

/** Where and how to draw. */
export interface ProgressViewOptions {
  readonly stream: NodeJS.WriteStream;
  /** False: one plain line at every tenth and at least every 10 s. */
  readonly live: boolean;
}

/** Takes every event of a run; `stop` leaves the terminal as it was. */
export interface ProgressView {
  show(event: RunEvent): void;
  stop(): void;
}

/** A view that fits the stream. */
export function createProgressView(options: ProgressViewOptions): ProgressView {
  return options.live ? barView(options.stream) : lineView(options.stream);
}

function barView(stream: NodeJS.WriteStream): ProgressView {
  const bars = new cliProgress.MultiBar(
    {
      stream,
      format: '{bar} {percentage}% {value}/{total} | {rate}/s | ETA {left} | failed {failed} | {now}',
      hideCursor: true,
      barsize: 24,
      clearOnComplete: true,
      stopOnComplete: false,
      linewrap: false,
      emptyOnZero: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let bar: cliProgress.SingleBar | undefined;
  let now = '';
  const draw = (progress: Progress) => {
    bar ??= bars.create(progress.total, 0, {});
    bar.setTotal(progress.total);
    bar.update(progress.done, { ...describe(progress), now });
  };
  return {
    show(event) {
      if (event.type === 'evaluation.started') now = evaluationName(event.evaluation);
      if ('progress' in event) draw(event.progress);
      const note = noteOf(event);
      if (note !== undefined) bars.log(`${note}\n`);
    },
    stop: () => bars.stop(),
  };
}

function lineView(stream: NodeJS.WriteStream): ProgressView {
  let lastTenth = -1;
  let lastDone = -1;
  let lastWritten = 0;
  const write = (line: string) => {
    stream.write(`${line}\n`);
    lastWritten = performance.now();
  };
  return {
    show(event) {
      const note = noteOf(event);
      if (note !== undefined) write(note);
      if (event.type === 'evaluation.started') write(`started ${evaluationName(event.evaluation)}`);
      if (!('progress' in event) || event.progress.done === lastDone) return;
      const { done, total } = event.progress;
      const tenth = total === 0 ? 0 : Math.floor((done / total) * 10);
      const ends = event.type !== 'samples.scored' && event.type !== 'run.started';
      if (!ends && tenth === lastTenth && performance.now() - lastWritten < 10_000) return;
      lastTenth = tenth;
      lastDone = done;
      const { rate, left, failed } = describe(event.progress);
      write(`${done}/${total} samples, ${rate}/s, ETA ${left}, failed ${failed}`);
    },
    stop: () => undefined,
  };
}

function describe(progress: Progress): { rate: string; left: string; failed: number } {
  return {
    rate: progress.rate >= 10 ? progress.rate.toFixed(0) : progress.rate.toFixed(1),
    left: progress.etaSeconds === undefined ? '-' : formatDuration(progress.etaSeconds),
    failed: progress.failed,
  };
}

function noteOf(event: RunEvent): string | undefined {
  if (event.type === 'log.written' && event.level !== 'info') return `${event.level}: ${event.message}`;
  return undefined;
}
