// Chooses the runs of a comparison; the order of ticking is the order of the comparison.
import { component$, useComputed$, useSignal } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button, ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { TextField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { navigate } from '../../routing/navigate.ts';
import { compareHref, mostRuns } from './compare-address.ts';
import { comparableRunsQuery } from './compare-query.ts';
import { compareTexts } from './texts.ts';

/** `chosen`: the ids that the address names already. */
export const RunPicker = component$<{ chosen: readonly string[] }>((props) => {
  const text = useText(compareTexts);
  const status = useStatusText();
  const format = useFormat();
  const show = useShow();
  const chosen = useSignal<readonly string[]>([...props.chosen]);
  const search = useSignal('');
  const variables = useComputed$(() => ({
    filter: search.value.trim() === '' ? {} : { search: search.value.trim() },
  }));
  const { state, refresh$ } = useQuery(comparableRunsQuery, variables, { keepFor: 'compare' });
  const count = chosen.value.length;
  return (
    <section class="card">
      <p class="soft">{text('choose')}</p>
      <TextField
        id="search-runs"
        type="search"
        label={text('search')}
        quietLabel={true}
        placeholder={text('search')}
        value={search.value}
        onChange$={(_, element) => {
          search.value = element.value;
        }}
      />
      {show(state.value, {
        loading: <Skeleton rows={6} height={56} />,
        retry$: refresh$,
        ready: ({ runs }) => {
          if (runs.nodes.length === 0)
            return (
              <Empty icon="compare" sentence={text('noRuns')}>
                <ButtonLink href="/new" kind="primary" icon="add" label={text('newRun')} />
              </Empty>
            );
          return (
            <ul class="choice-list">
              {runs.nodes.map((run) => (
                <li key={run.id}>
                  <label class="choice">
                    <input
                      type="checkbox"
                      checked={chosen.value.includes(run.id)}
                      onChange$={() => {
                        chosen.value = chosen.value.includes(run.id)
                          ? chosen.value.filter((id) => id !== run.id)
                          : [...chosen.value, run.id];
                      }}
                    />
                    <span class="picked-run">
                      <strong>{run.name}</strong>
                      <span class="row">
                        <StatusBadge status={run.status} text={status} />
                        {chosen.value[0] === run.id && <span class="chip">{text('baseline')}</span>}
                        <span class="soft small">{format.ago(run.createdAt)}</span>
                      </span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          );
        },
      })}
      <div class="picker-bar">
        <Button
          kind="primary"
          icon="compare"
          label={text('compare', { n: count })}
          why={count < 2 ? text('tooFew') : count > mostRuns ? text('tooMany') : undefined}
          onClick$={() => navigate(compareHref(chosen.value))}
        />
        {count < 2 && <span class="soft small">{text('tooFew')}</span>}
        {count > mostRuns && <span class="soft small">{text('tooMany')}</span>}
      </div>
    </section>
  );
});
