// A run that moves: how far it is, when it will be done, how fast it goes, and the ways to stop it.
import { component$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import type { RunRow } from '../../live/use-activity.ts';
import { RunControl } from '../../run/run-control.tsx';
import { RunProgress, useProgressText } from '../../run/run-progress.tsx';
import { ScoresLine } from '../../run/scores-line.tsx';
import { homeTexts } from './home-text.ts';
import { Ring } from './ring.tsx';

/** Updated in place as the run goes on. */
export const ActiveRun = component$<{ run: RunRow }>((props) => {
  const text = useText(homeTexts);
  const progress = useProgressText();
  const status = useStatusText();
  const format = useFormat();
  const { run } = props;
  const share = run.progress.total === 0 ? 0 : run.progress.done / run.progress.total;
  const speed = tokensPerSecond(run);
  return (
    <article class="home-run" data-testid="active-run">
      <div class="home-moving">
        <Ring share={share} written={format.percent(share, 0)} />
        <div class="stack tight">
          <div class="row between">
            <a class="home-name" href={`/runs/${run.id}`}>
              {run.name}
            </a>
            <StatusBadge status={run.status} text={status} />
          </div>
          <RunProgress progress={run.progress} status={run.status} text={progress} format={format} />
          {speed > 0 && <p class="small soft number">{text('speed', { n: format.number(speed, 0) })}</p>}
        </div>
      </div>
      <ScoresLine metrics={run.metrics} format={format} most={3} />
      <div class="row">
        <RunControl iconOnly run={{ id: run.id, status: run.status, failed: run.progress.failed }} />
      </div>
    </article>
  );
});

/** Output tokens of the evaluation that was measured last; 0 before the first. */
function tokensPerSecond(run: RunRow): number {
  return run.metrics.findLast((metric) => metric.name === 'output_tokens_per_second')?.value ?? 0;
}
