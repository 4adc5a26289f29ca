// What a person should look at: failed runs, missed gates, failed samples, no worker, a full disk.
import { Icon } from '../../component/icon.tsx';
import type { Text } from '../../i18n/text.ts';
import type { RunRow } from '../../live/use-activity.ts';
import type { homeTexts } from './home-text.ts';

type Words = Text<keyof (typeof homeTexts)['en']>;

/** Whether there is any reason to look at the run. */
export function needsAttention(run: RunRow): boolean {
  return run.status === 'FAILED' || run.gates.some((gate) => !gate.passed) || run.progress.failed > 0;
}

/** The reasons why a run needs a look; empty when it does not. */
export function attentionReasons(run: RunRow, text: Words): string[] {
  const missed = run.gates.filter((gate) => !gate.passed).length;
  return [
    ...(run.status === 'FAILED' ? [text('failedRun')] : []),
    ...(missed > 0 ? [text('missedGates', { n: missed })] : []),
    ...(run.progress.failed > 0 ? [text('failedSamples', { n: run.progress.failed })] : []),
  ];
}

/** A list of runs with their reasons. `text` from `useText(homeTexts)`. */
export const AttentionList = (props: {
  runs: readonly RunRow[];
  workers: number;
  /** Machines whose disk is nearly full. */
  fullDisks: readonly string[];
  text: Words;
}) => {
  const rows = props.runs
    .map((run) => ({ run, reasons: attentionReasons(run, props.text) }))
    .filter(({ reasons }) => reasons.length > 0);
  return (
    <ul class="attention">
      {props.workers === 0 && (
        <li class="notice warn">
          <Icon name="failed" />
          {props.text('noWorker')}
        </li>
      )}
      {props.fullDisks.map((node) => (
        <li key={node} class="notice warn">
          <Icon name="failed" />
          <a href="/settings/retention">{props.text('fullDisk', { node })}</a>
        </li>
      ))}
      {rows.map(({ run, reasons }) => (
        <li key={run.id}>
          <a class="target" href={`/runs/${run.id}`}>
            {run.name}
          </a>
          <span class="small row">
            <Icon name="failed" size={16} />
            {reasons.join(' · ')}
          </span>
        </li>
      ))}
      {rows.length === 0 && props.workers > 0 && props.fullDisks.length === 0 && (
        <li class="soft">{props.text('calm')}</li>
      )}
    </ul>
  );
};
