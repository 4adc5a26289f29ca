// Two to six runs beside each other: what is better, by how much, and on which items.
import { $, component$, useComputed$, useSignal } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { Badge, StatusBadge, useStatusText } from '../../component/badge.tsx';
import { ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import '../../component/choice.css';
import { Empty } from '../../component/empty.tsx';
import { Icon } from '../../component/icon.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { TextDiff } from '../../component/text-diff.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useActivity } from '../../live/use-activity.ts';
import { navigate } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { isFinished } from '../../run/run-status.ts';
import { sectionTexts } from '../../shell/section.ts';
import { useWide } from '../../shell/wide.ts';
import { compareHref, runsInAddress, withBaseline } from './compare-address.ts';
import './compare.css';
import { type Comparison, comparisonQuery } from './compare-query.ts';
import { Flips } from './flips.tsx';
import { forestChart } from './forest.ts';
import { CompareOverview } from './overview.tsx';
import { RunPicker } from './run-picker.tsx';
import { SideTable } from './side-table.tsx';
import { Summary } from './summary.tsx';
import { type CompareText, compareTexts } from './texts.ts';
import { VerdictCards, VerdictTable } from './verdict-list.tsx';

/** Milliseconds between two readings while a run goes on. */
const refreshEvery = 5_000;

/** `/compare?runs=a,b`. */
export const ComparePage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(compareTexts);
  const place = usePlace();
  const ids = runsInAddress(searchValue(place, 'runs'));
  const choosing = ids.length < 2 || searchValue(place, 'choose') !== '';
  return (
    <div class="stack">
      <PageTitle text={section('compare')}>
        {!choosing && <ButtonLink href={`${compareHref(ids)}&choose=1`} icon="runs" label={text('change')} />}
      </PageTitle>
      {choosing ? <RunPicker chosen={ids} /> : <Compared key={ids.join(',')} ids={ids} />}
    </div>
  );
});

const Compared = component$<{ ids: readonly string[] }>((props) => {
  const text = useText(compareTexts);
  const format = useFormat();
  const show = useShow();
  const wide = useWide();
  const variables = useComputed$(() => ({
    baseline: props.ids[0] ?? '',
    candidates: props.ids.slice(1),
  }));
  const { state, refresh$ } = useQuery(comparisonQuery, variables, { keepFor: props.ids.join(',') });
  const readAt = useSignal(Date.now());
  useActivity(
    $(async ({ run }) => {
      if (run === null || !props.ids.includes(run.id)) return;
      if (!isFinished(run.status) && Date.now() - readAt.value < refreshEvery) return;
      readAt.value = Date.now();
      await refresh$();
    }),
  );
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={4} height={140} />,
        retry$: refresh$,
        ready: ({ compareRuns }) => {
          const { baseline, candidates, rows } = compareRuns;
          const names = new Map(candidates.map((run) => [run.id, run.name]));
          const parts = { rows, names, text, format };
          const going = [baseline, ...candidates].some((run) => !isFinished(run.status));
          return (
            <>
              <Sides comparison={compareRuns} ids={props.ids} />
              {going && (
                <p class="notice warn">
                  <Icon name="running" />
                  {text('preliminary')}
                </p>
              )}
              {rows.length === 0 && <Empty icon="compare" sentence={text('nothingInCommon')} />}
              {rows.length > 0 && (
                <>
                  <Summary comparison={compareRuns} text={text} format={format} />
                  <Forest comparison={compareRuns} text={text} />
                  <CompareOverview comparison={compareRuns} />
                  {candidates.length > 1 && (
                    <Card title={text('sideBySide')}>
                      <SideTable comparison={compareRuns} text={text} format={format} />
                    </Card>
                  )}
                  <Card title={text('all')}>
                    {wide.value ? <VerdictTable {...parts} /> : <VerdictCards {...parts} />}
                  </Card>
                  <Flips baseline={baseline.id} rows={rows} names={names} />
                </>
              )}
              <Configs comparison={compareRuns} text={text} />
            </>
          );
        },
      })}
    </>
  );
});

/** The runs, the baseline first; each other can take its place. */
const Sides = component$<{ comparison: Comparison; ids: readonly string[] }>((props) => {
  const text = useText(compareTexts);
  const status = useStatusText();
  const { comparison, ids } = props;
  return (
    <ul class="sides">
      {[comparison.baseline, ...comparison.candidates].map((run, index) => {
        const target = compareHref(withBaseline(ids, run.id));
        return (
          <li key={run.id} class="card">
            <div class="row between">
              <span class="soft small">
                {index === 0 ? `A · ${text('baseline')}` : String.fromCharCode(65 + index)}
              </span>
              <StatusBadge status={run.status} text={status} />
            </div>
            <a class="side-name" href={`/runs/${run.id}`}>
              {run.name}
            </a>
            {!isFinished(run.status) && <Badge tone="warn" icon="running" label={text('preliminaryBadge')} />}
            {index > 0 && (
              <button type="button" class="link" onClick$={() => navigate(target)}>
                {text('makeBaseline')}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
});

const Forest = (props: { comparison: Comparison; text: CompareText }) => {
  const { text } = props;
  const { candidates, rows } = props.comparison;
  return (
    <>
      {(['score', 'loss'] as const).map((unit) => {
        const spec = forestChart(rows, candidates, unit, {
          title: text(unit === 'score' ? 'differences' : 'losses'),
          summary: text('summary', { n: rows.filter((row) => row.unit === unit).length }),
          difference: text('difference'),
          score: text('score'),
          points: text('points'),
        });
        return (
          spec !== undefined && (
            <Card key={unit}>
              <Chart spec={spec} />
            </Card>
          )
        );
      })}
    </>
  );
};

const Configs = (props: { comparison: Comparison; text: CompareText }) => {
  const { text } = props;
  const { baseline, candidates } = props.comparison;
  return (
    <details class="card">
      <summary>
        <strong>{text('configs')}</strong>
      </summary>
      {candidates.map((candidate) => (
        <div key={candidate.id} class="stack tight">
          <h3>{candidate.name}</h3>
          {candidate.config === baseline.config ? (
            <p class="soft">{text('sameConfig')}</p>
          ) : (
            <div class="code">
              <TextDiff from={baseline.config} to={candidate.config} />
            </div>
          )}
        </div>
      ))}
    </details>
  );
};
