// What is going on: runs that move, what needs a look, what came out last.
import { $, component$, useComputed$, useSignal, useTask$, useVisibleTask$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { type RunRow, runRow, useActivity } from '../../live/use-activity.ts';
import { showAppBadge } from '../../offline/app-badge.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { isFinished } from '../../run/run-status.ts';
import { ScoresLine } from '../../run/scores-line.tsx';
import { ActiveRun } from './active-run.tsx';
import { AttentionList, needsAttention } from './attention.tsx';
import './home.css';
import { homeTexts } from './home-text.ts';
import { InstallOffer } from './install-offer.tsx';
import { MachineStrip } from './machine-strip.tsx';

const homeQuery = graphql(
  `
    query Home {
      active: runs(filter: { status: [RUNNING, PAUSED, QUEUED] }, first: 6) { nodes { ...RunRow } }
      recent: runs(filter: { status: [SUCCEEDED, FAILED, CANCELLED] }, first: 6) { nodes { ...RunRow } }
      workers { id alive }
      disks { node nearlyFull }
    }
  `,
  [runRow],
);

/** `/`. */
export const HomePage = component$<PageProps>(() => {
  const text = useText(homeTexts);
  const status = useStatusText();
  const format = useFormat();
  const show = useShow();
  const variables = useSignal({});
  const { state, refresh$ } = useQuery(homeQuery, variables, { keepFor: 'home' });
  const live = useSignal<Readonly<Record<string, RunRow>>>({});
  useTask$(({ track }) => {
    track(() => state.value);
    live.value = {};
  });
  useActivity(
    $(async ({ run, workerId }) => {
      if (run !== null) live.value = { ...live.value, [run.id]: run };
      else if (workerId !== null) await refresh$();
    }),
  );
  const needy = useComputed$(() => {
    const answer = state.value;
    if (answer.status !== 'ready') return undefined;
    const { active, recent } = arrange(
      [...answer.data.active.nodes, ...answer.data.recent.nodes],
      live.value,
    );
    return [...active, ...recent].filter(needsAttention).length;
  });
  useVisibleTask$(
    async ({ track }) => {
      const count = track(() => needy.value);
      if (count !== undefined) await showAppBadge(count);
    },
    { strategy: 'document-ready' },
  );
  return (
    <div class="stack">
      <PageTitle text={text('title')}>
        <ButtonLink href="/new" icon="add" kind="primary" label={text('create')} />
      </PageTitle>
      {show(state.value, {
        loading: <Skeleton rows={4} height={128} />,
        retry$: refresh$,
        ready: (data) => {
          const { active, recent } = arrange([...data.active.nodes, ...data.recent.nodes], live.value);
          const workers = data.workers.filter((worker) => worker.alive).length;
          return (
            <div class={['home', active.length === 0 ? 'idle' : '']}>
              {recent.some((run) => run.status === 'SUCCEEDED') && <InstallOffer />}
              <div class="home-now">
                <Card
                  title={text('active')}
                  class="home-active"
                  aside={<span class="small soft">{text('workers', { n: workers })}</span>}
                >
                  {active.length === 0 && recent.length === 0 && (
                    <Empty icon="runs" sentence={text('welcome')}>
                      <ButtonLink href="/new" icon="add" kind="primary" label={text('create')} />
                    </Empty>
                  )}
                  {active.length === 0 && recent.length > 0 && <p class="soft">{text('idle')}</p>}
                  {active.map((run) => (
                    <ActiveRun key={run.id} run={run} />
                  ))}
                </Card>
                <Card title={text('attention')}>
                  <AttentionList
                    runs={[...active, ...recent]}
                    workers={workers}
                    fullDisks={data.disks.flatMap(({ node, nearlyFull }) => (nearlyFull ? [node] : []))}
                    text={text}
                  />
                </Card>
              </div>
              <Card
                class="home-recent"
                title={text('recent')}
                aside={
                  <a class="target" href="/runs">
                    {text('all')}
                  </a>
                }
              >
                {recent.length === 0 && <p class="soft">{text('none')}</p>}
                <div class="home-results">
                  {recent.map((run) => (
                    <article key={run.id} class="home-run">
                      <div class="row between">
                        <a class="home-name" href={`/runs/${run.id}`}>
                          {run.name}
                        </a>
                        <StatusBadge status={run.status} text={status} />
                      </div>
                      <ScoresLine metrics={run.metrics} format={format} most={3} />
                      <p class="small soft">{format.ago(run.finishedAt ?? run.createdAt)}</p>
                    </article>
                  ))}
                </div>
              </Card>
              <MachineStrip />
            </div>
          );
        },
      })}
    </div>
  );
});

/** The runs as they are now, active ones apart; a run that was created meanwhile is among them. */
function arrange(
  known: readonly RunRow[],
  live: Readonly<Record<string, RunRow>>,
): { active: RunRow[]; recent: RunRow[] } {
  const all = new Map([...known, ...Object.values(live)].map((run) => [run.id, run]));
  const runs = [...all.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return {
    active: runs.filter((run) => !isFinished(run.status)),
    recent: runs.filter((run) => isFinished(run.status)),
  };
}
