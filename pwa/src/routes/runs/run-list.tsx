// The runs of a page of the list: cards on a phone, a table on a desktop.
import { component$, type QRL } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { CheckField } from '../../component/field.tsx';
import { TableScroll } from '../../component/table-scroll.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import type { RunRow } from '../../live/use-activity.ts';
import { RunControl } from '../../run/run-control.tsx';
import { RunProgress, useProgressText } from '../../run/run-progress.tsx';
import { isFinished } from '../../run/run-state.ts';
import { ScoresLine } from '../../run/scores-line.tsx';
import { useWide } from '../../shell/use-wide.ts';
import { runsTexts } from './runs-text.ts';

/** `selected` holds ids; `onSelect$` puts one in or takes it out. */
export const RunList = component$<{
  runs: readonly RunRow[];
  selected: readonly string[];
  onSelect$: QRL<(id: string, chosen: boolean) => void>;
}>((props) => {
  const text = useText(runsTexts);
  const status = useStatusText();
  const progress = useProgressText();
  const format = useFormat();
  const wide = useWide();
  const check = (run: RunRow) => (
    <CheckField
      label={text('select', { name: run.name })}
      quietLabel
      checked={props.selected.includes(run.id)}
      onChange$={(_, element) => props.onSelect$(run.id, element.checked)}
    />
  );
  const control = (run: RunRow) =>
    !isFinished(run.status) && (
      <div class="row">
        <RunControl iconOnly run={{ id: run.id, status: run.status, failed: run.progress.failed }} />
      </div>
    );
  if (!wide.value)
    return (
      <ul class="run-cards">
        {props.runs.map((run) => (
          <li key={run.id} class="card run-card">
            <div class="run-card-head">
              {check(run)}
              <a href={`/runs/${run.id}`}>{run.name}</a>
              <StatusBadge status={run.status} text={status} />
            </div>
            <ScoresLine metrics={run.metrics} format={format} />
            <RunProgress progress={run.progress} status={run.status} text={progress} format={format} />
            <div class="row between">
              <span class="soft small">{format.ago(run.createdAt)}</span>
              {control(run)}
            </div>
          </li>
        ))}
      </ul>
    );
  return (
    <TableScroll label={text('title')} class="card run-table">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{text('select', { name: '' })}</span>
            </th>
            <th scope="col">{text('name')}</th>
            <th scope="col">{text('status')}</th>
            <th scope="col">{text('scores')}</th>
            <th scope="col">{text('progress')}</th>
            <th scope="col">{text('created')}</th>
            <th scope="col">
              <span class="visually-hidden">{text('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.runs.map((run) => (
            <tr key={run.id}>
              <td>{check(run)}</td>
              <td>
                <a class="run-name" href={`/runs/${run.id}`}>
                  {run.name}
                </a>
              </td>
              <td>
                <StatusBadge status={run.status} text={status} />
              </td>
              <td class="run-scores">
                <ScoresLine metrics={run.metrics} format={format} />
              </td>
              <td class="run-progress">
                <RunProgress progress={run.progress} status={run.status} text={progress} format={format} />
              </td>
              <td class="number" title={format.dateTime(run.createdAt)}>
                {format.ago(run.createdAt)}
              </td>
              <td>{control(run)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
});
