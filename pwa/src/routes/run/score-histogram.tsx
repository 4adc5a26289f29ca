// How the scores of an evaluation fell, each bar a filter of the list below.
import { component$, useComputed$ } from '@builder.io/qwik';
import { graphql } from '../../graphql/graphql.ts';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { messages, useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';

const texts = messages({
  en: { title: 'By score', bar: 'Score {low} to {high}: {n} {n|sample|samples}', every: 'Any score' },
  'pt-BR': {
    title: 'Por nota',
    bar: 'Nota de {low} a {high}: {n} {n|amostra|amostras}',
    every: 'Qualquer nota',
  },
});

const scoresQuery = graphql(`
  query ScoreHistogram($id: ID!) {
    node(id: $id) {
      ... on Evaluation { id histogram(measurement: "score", bins: 10) { edges counts } }
    }
  }
`);

/** Writes `?min=` and `?max=`; nothing for an evaluation whose samples all have the same score. */
export const ScoreHistogram = component$<{ evaluationId: string }>((props) => {
  const text = useText(texts);
  const format = useFormat();
  const place = usePlace();
  const { state } = useQuery(
    scoresQuery,
    useComputed$(() => ({ id: props.evaluationId })),
  );
  const node = state.value.status === 'ready' ? state.value.data.node : null;
  const histogram = node !== null && 'histogram' in node ? node.histogram : undefined;
  if (histogram === undefined || histogram.counts.length < 2) return null;
  const { edges, counts } = histogram;
  const tallest = Math.max(1, ...counts);
  const low = searchValue(place, 'min');
  return (
    <fieldset class="score-histogram">
      <legend class="small soft">{text('title')}</legend>
      {counts.map((n, index) => {
        const from = edges[index] ?? 0;
        const to = edges[index + 1] ?? from;
        // A value on an edge belongs to the bar above it, the highest of all to the last bar.
        const last = index === counts.length - 1;
        const most = last ? to : to - Number.EPSILON * Math.max(1, Math.abs(to));
        const label = text('bar', { low: format.number(from, 2), high: format.number(to, 2), n });
        const chosen = low === String(from);
        return (
          <button
            key={from}
            type="button"
            aria-label={label}
            title={label}
            aria-pressed={chosen ? 'true' : 'false'}
            onClick$={() =>
              setSearch({
                min: chosen ? undefined : String(from),
                max: chosen ? undefined : String(most),
                after: undefined,
              })
            }
          >
            <span style={{ height: `${Math.max(n === 0 ? 0 : 4, (100 * n) / tallest)}%` }} />
          </button>
        );
      })}
      {low !== '' && (
        <button
          type="button"
          class="button small"
          onClick$={() => setSearch({ min: undefined, max: undefined, after: undefined })}
        >
          {text('every')}
        </button>
      )}
    </fieldset>
  );
});
