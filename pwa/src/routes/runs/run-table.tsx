// Runs as a table of the columns that the address names.
import { component$, type JSXOutput } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button } from '../../component/button.tsx';
import { CheckField } from '../../component/field.tsx';
import { TableScroll } from '../../component/table-scroll.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import type { RunRow } from '../../live/use-activity.ts';
import { usePlace } from '../../routing/place.ts';
import { runActionTexts } from '../../run/run-action-text.ts';
import { RunProgress, useProgressText } from '../../run/run-progress.tsx';
import { isFinished } from '../../run/run-status.ts';
import { ScoresLine } from '../../run/scores-line.tsx';
import { menuTarget, type RunListProps } from './run-list.tsx';
import { type RunColumn, shownColumns } from './runs-query.ts';
import { runsTexts } from './runs-text.ts';

/** A row of each run; its name stays in sight while the others scroll. */
export const RunTable = component$<RunListProps>((props) => {
  const text = useText(runsTexts);
  const action = useText(runActionTexts);
  const status = useStatusText();
  const progress = useProgressText();
  const format = useFormat();
  const columns = shownColumns(usePlace().search);
  const cells: Readonly<Record<RunColumn, (run: RunRow) => JSXOutput>> = {
    status: (run) => <StatusBadge status={run.status} text={status} />,
    models: (run) => [...new Set(run.metrics.map(({ model }) => model))].join(', '),
    scores: (run) => <ScoresLine metrics={run.metrics} format={format} />,
    gates: (run) =>
      run.gates.length === 0
        ? '–'
        : text('passed', { n: run.gates.filter((gate) => gate.passed).length, of: run.gates.length }),
    progress: (run) => (
      <RunProgress progress={run.progress} status={run.status} text={progress} format={format} />
    ),
    created: (run) => <span title={format.dateTime(run.createdAt)}>{format.ago(run.createdAt)}</span>,
    duration: (run) => format.duration(secondsOf(run)),
  };
  return (
    <TableScroll label={text('title')} class="card run-table">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{text('select', { name: '' })}</span>
            </th>
            <th scope="col">{text('name')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {text(column)}
              </th>
            ))}
            <th scope="col">
              <span class="visually-hidden">{text('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.runs.map((run) => (
            <tr key={run.id} data-run={run.id}>
              <td>
                <CheckField
                  label={text('select', { name: run.name })}
                  quietLabel
                  checked={props.selected.includes(run.id)}
                  onChange$={(_, element) => props.onSelect$(run.id, element.checked)}
                />
              </td>
              <th scope="row">
                <a class="run-name" href={`/runs/${run.id}`}>
                  {run.name}
                </a>
              </th>
              {columns.map((column) => (
                <td key={column} class={`run-${column}`}>
                  {cells[column](run)}
                </td>
              ))}
              <td>
                <div class="row">
                  {!isFinished(run.status) && (
                    <Button
                      label={action(run.status === 'PAUSED' ? 'resume' : 'pause')}
                      icon={run.status === 'PAUSED' ? 'play' : 'paused'}
                      kind="quiet"
                      iconOnly
                      onClick$={() => props.onAct$(run.status === 'PAUSED' ? 'resume' : 'pause', run.id)}
                    />
                  )}
                  <Button
                    label={action('menu', { name: run.name })}
                    icon="menu"
                    kind="quiet"
                    iconOnly
                    onClick$={() => props.onMenu$(menuTarget(run))}
                  />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
});

/** From the first sample to the end, or to now. */
function secondsOf(run: RunRow): number | null {
  if (run.startedAt === null) return null;
  const end = run.finishedAt === null ? Date.now() : Date.parse(run.finishedAt);
  return (end - Date.parse(run.startedAt)) / 1000;
}
