// The samples of a run: filtered by the address, new ones as they come, and a way to the next failure.
import { $, component$, useComputed$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { client } from '../../graphql/client.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { navigate, setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';
import { SampleFilters } from './sample-filters.tsx';
import { SampleList } from './sample-list.tsx';
import { firstSampleQuery, samplesQuery, samplesVariables } from './samples-query.ts';
import { samplesTexts } from './samples-text.ts';
import { ScoreHistogram } from './score-histogram.tsx';
import type { TabProps } from './tab.ts';

/** Milliseconds between two readings of the list while the run goes on. */
const refreshEvery = 3_000;

/** `/runs/:id/samples`. */
export const SamplesTab = component$<TabProps>((props) => {
  const text = useText(samplesTexts);
  const show = useShow();
  const format = useFormat();
  const place = usePlace();
  const { run } = props.state;
  const id = run.id;
  const variables = useComputed$(() => samplesVariables(id, place.search));
  const { state, refresh$ } = useQuery(samplesQuery, variables, { keepFor: id });
  const noFailure = useSignal(false);
  const done = useComputed$(() => props.state.run.progress.done);
  const readAt = useSignal(Date.now());
  useVisibleTask$(
    ({ track, cleanup }) => {
      const finished = track(() => done.value);
      if (finished === 0 || place.search.includes('after=')) return;
      const wait = Math.max(0, readAt.value + refreshEvery - Date.now());
      const timer = setTimeout(async () => {
        readAt.value = Date.now();
        await refresh$();
      }, wait);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  const openFailure = $(async () => {
    for (const outcome of ['WRONG', 'FAILED'] as const) {
      const { data } = await client.query(firstSampleQuery, { id, filter: { outcome } }).toPromise();
      const sample = data?.run?.samples.nodes[0];
      if (sample !== undefined) {
        navigate(`/runs/${id}/samples/${sample.id}`);
        return;
      }
    }
    noFailure.value = true;
  });
  const unique = (values: readonly string[]) => [...new Set(values)];
  const filtered = ['q', 'outcome', 'task', 'model', 'variant', 'min'].some(
    (name) => searchValue(place, name) !== '',
  );
  const [only, another] = run.evaluations.filter((evaluation) =>
    (['task', 'model', 'variant'] as const).every((part) => {
      const wanted = searchValue(place, part);
      return wanted === '' || wanted === evaluation[part];
    }),
  );
  const later = searchValue(place, 'after') !== '';
  return (
    <div class="stack">
      {run.samplesPrunedAt !== null && (
        <p class="notice">{text('pruned', { time: format.dateTime(run.samplesPrunedAt) })}</p>
      )}
      <SampleFilters
        tasks={unique(run.evaluations.map((evaluation) => evaluation.task))}
        models={unique(run.evaluations.map((evaluation) => evaluation.model))}
      />
      {only !== undefined && another === undefined && <ScoreHistogram key={only.id} evaluationId={only.id} />}
      <div class="row">
        <Button
          label={text('failure')}
          icon="wrong"
          why={noFailure.value ? text('noFailure') : undefined}
          onClick$={openFailure}
        />
      </div>
      {show(state.value, {
        loading: <Skeleton rows={6} height={88} />,
        retry$: refresh$,
        ready: (data) => {
          const samples = data.run?.samples;
          if (samples === undefined || samples.nodes.length === 0)
            return (
              <Empty icon="search" sentence={text(filtered ? 'nothing' : 'empty')}>
                {filtered && (
                  <Button label={text('reset')} onClick$={() => navigate(`/runs/${id}/samples`)} />
                )}
              </Empty>
            );
          return (
            <>
              <SampleList runId={id} search={place.search} samples={samples.nodes} />
              <div class="row">
                {later && (
                  <Button label={text('first')} icon="previous" onClick$={() => setSearch({ after: '' })} />
                )}
                {samples.pageInfo.hasNextPage && (
                  <Button
                    label={text('more')}
                    icon="next"
                    onClick$={() => {
                      const url = new URL(location.href);
                      url.searchParams.set('after', samples.pageInfo.endCursor ?? '');
                      navigate(url.href);
                    }}
                  />
                )}
              </div>
            </>
          );
        },
      })}
    </div>
  );
});
