// Runs as cards: swiped to the left they show what can be done; the same stands in the menu.
import { component$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button } from '../../component/button.tsx';
import { CheckField } from '../../component/field.tsx';
import { Icon } from '../../component/icon.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { navigate } from '../../routing/navigate.ts';
import { runActionTexts } from '../../run/run-action-text.ts';
import { RunProgress, useProgressText } from '../../run/run-progress.tsx';
import { isFinished } from '../../run/run-status.ts';
import { ScoresLine } from '../../run/scores-line.tsx';
import { menuTarget, type RunListProps } from './run-list.tsx';
import { runsTexts } from './runs-text.ts';

/** A card of each run. */
export const RunCards = component$<RunListProps>((props) => {
  const text = useText(runsTexts);
  const action = useText(runActionTexts);
  const status = useStatusText();
  const progress = useProgressText();
  const format = useFormat();
  return (
    <ul class="run-cards">
      {props.runs.map((run) => (
        <li key={run.id} class="run-swipe">
          <article class="card run-card" data-run={run.id}>
            <div class="run-card-head">
              <CheckField
                label={text('select', { name: run.name })}
                quietLabel
                checked={props.selected.includes(run.id)}
                onChange$={(_, element) => props.onSelect$(run.id, element.checked)}
              />
              <a href={`/runs/${run.id}`}>{run.name}</a>
              <StatusBadge status={run.status} text={status} />
            </div>
            <ScoresLine metrics={run.metrics} format={format} />
            <RunProgress progress={run.progress} status={run.status} text={progress} format={format} />
            <div class="row between">
              <span class="soft small">{format.ago(run.createdAt)}</span>
              <Button
                label={action('menu', { name: run.name })}
                icon="menu"
                kind="quiet"
                iconOnly
                onClick$={() => props.onMenu$(menuTarget(run))}
              />
            </div>
          </article>
          <div class="run-swiped" aria-hidden="true">
            {!isFinished(run.status) && (
              <button
                type="button"
                tabIndex={-1}
                onClick$={() => props.onAct$(run.status === 'PAUSED' ? 'resume' : 'pause', run.id)}
              >
                <Icon name={run.status === 'PAUSED' ? 'play' : 'paused'} />
                {action(run.status === 'PAUSED' ? 'resume' : 'pause')}
              </button>
            )}
            <button type="button" tabIndex={-1} onClick$={() => navigate(`/new?from=${run.id}`)}>
              <Icon name="copy" />
              {action('clone')}
            </button>
            <button
              type="button"
              tabIndex={-1}
              class="danger"
              onClick$={() => props.onMenu$(menuTarget(run, isFinished(run.status) ? 'delete' : 'cancel'))}
            >
              <Icon name={isFinished(run.status) ? 'delete' : 'close'} />
              {action(isFinished(run.status) ? 'delete' : 'cancel')}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
});
