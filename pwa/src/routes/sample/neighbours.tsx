// The samples beside the one shown: the left pane on a desktop.
import { component$, useComputed$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { SelectField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';
import { neighboursQuery } from './sample-query.ts';
import { sampleTexts } from './texts.ts';

const outcomes = ['CORRECT', 'WRONG', 'FAILED', 'OK'] as const;

/** As many as a pane can be scrolled through. */
const listed = 200;

/** `?outcome=` narrows the list; the address can be shared. */
export const Neighbours = component$<{ runId: string; evaluationId: string; current: string }>((props) => {
  const text = useText(sampleTexts);
  const status = useStatusText();
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => {
    const outcome = outcomes.find((name) => name === searchValue(place, 'outcome'));
    const filter = { evaluationId: props.evaluationId, ...(outcome === undefined ? {} : { outcome }) };
    return { runId: props.runId, filter, first: listed };
  });
  const { state, refresh$ } = useQuery(neighboursQuery, variables);
  return (
    <nav class="card neighbours" aria-label={text('list')}>
      <SelectField
        id="outcome"
        label={text('outcome')}
        value={searchValue(place, 'outcome')}
        options={[
          { value: '', label: text('all') },
          ...outcomes.map((value) => ({ value, label: status(value) })),
        ]}
        onChange$={(_, element) => setSearch({ outcome: element.value })}
      />
      {show(state.value, {
        loading: <Skeleton rows={8} height={44} />,
        retry$: refresh$,
        ready: ({ run }) => {
          const samples = run?.samples.nodes ?? [];
          if (samples.length === 0) return <p class="soft">{text('noneListed')}</p>;
          return (
            <>
              <p class="soft small">
                {text('listed', { shown: samples.length, n: run?.samples.totalCount ?? 0 })}
              </p>
              <ul class="neighbour-list">
                {samples.map((sample) => (
                  <li key={sample.id}>
                    <a
                      href={`/runs/${props.runId}/samples/${sample.id}${place.search}`}
                      aria-current={sample.id === props.current ? 'true' : undefined}
                    >
                      <span class="row between">
                        <span class="number">
                          {sample.item}
                          {sample.repeat > 0 && ` · ${text('repeat', { repeat: sample.repeat + 1 })}`}
                        </span>
                        <StatusBadge status={sample.outcome} text={status} />
                      </span>
                      <span class="soft small clip">{sample.prediction || sample.itemId}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </>
          );
        },
      })}
    </nav>
  );
});
