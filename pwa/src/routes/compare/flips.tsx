// The items that one side has right and the other wrong, with the way to both samples.
import { component$, useComputed$, useSignal } from '@builder.io/qwik';
import { Badge } from '../../component/badge.tsx';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { SelectField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { type ComparisonRow, type Flip, flipsQuery } from './compare-query.ts';
import { type CompareText, compareTexts } from './texts.ts';
import { rowNames } from './verdict.ts';
import { keyOf } from './verdict-list.tsx';

/** As many of each kind as are looked through one by one. */
const shownFlips = 20;

/** As many of each kind as are shown before more are asked for. */
const firstFlips = 5;

/** Begins with the score that flipped most. */
export const Flips = component$<{
  baseline: string;
  rows: readonly ComparisonRow[];
  names: ReadonlyMap<string, string>;
}>((props) => {
  const text = useText(compareTexts);
  const flipping = props.rows
    .filter((row) => row.fixedCount + row.brokenCount > 0)
    .toSorted((a, b) => b.fixedCount + b.brokenCount - a.fixedCount - a.brokenCount);
  const wanted = useSignal('');
  const row = flipping.find((one) => keyOf(one) === wanted.value) ?? flipping[0];
  const several = props.names.size > 1;
  const nameOf = rowNames(flipping);
  return (
    <Card title={text('flips')}>
      <p class="soft">{text(row === undefined ? 'noFlips' : 'flipsHint')}</p>
      {row !== undefined && (
        <SelectField
          id="flip-row"
          label={text('which')}
          value={keyOf(row)}
          options={flipping.map((one) => ({
            value: keyOf(one),
            label: `${several ? `${props.names.get(one.candidateRunId) ?? ''} · ` : ''}${nameOf(one)}`,
          }))}
          onChange$={(_, element) => {
            wanted.value = element.value;
          }}
        />
      )}
      {row !== undefined && <FlipCards key={keyOf(row)} baseline={props.baseline} row={row} />}
    </Card>
  );
});

const FlipCards = component$<{ baseline: string; row: ComparisonRow }>((props) => {
  const show = useShow();
  const variables = useComputed$(() => ({
    baseline: props.baseline,
    candidates: [props.row.candidateRunId],
    metric: props.row.metric,
    first: shownFlips,
  }));
  const { state, refresh$ } = useQuery(flipsQuery, variables);
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={3} height={96} />,
        retry$: refresh$,
        ready: ({ compareRuns }) => {
          const found = compareRuns.rows.find((one) => keyOf(one) === keyOf(props.row));
          return (
            <div class="columns">
              <FlipColumn kind="fixed" count={props.row.fixedCount} flips={found?.fixed ?? []} />
              <FlipColumn kind="broken" count={props.row.brokenCount} flips={found?.broken ?? []} />
            </div>
          );
        },
      })}
    </>
  );
});

const FlipColumn = component$<{ kind: 'fixed' | 'broken'; count: number; flips: readonly Flip[] }>(
  (props) => {
    const text = useText(compareTexts);
    const all = useSignal(false);
    const { kind, flips } = props;
    return (
      <section class="stack tight">
        <h3 class="row">
          <Badge
            tone={kind === 'fixed' ? 'good' : 'bad'}
            icon={kind === 'fixed' ? 'ok' : 'wrong'}
            label={`${text(kind)}: ${props.count}`}
          />
        </h3>
        {flips.length === 0 && <p class="soft">{text(kind === 'fixed' ? 'noFixed' : 'noBroken')}</p>}
        <ul class="flip-list">
          {(all.value ? flips : flips.slice(0, firstFlips)).map((flip) => (
            <li key={`${flip.itemId} ${flip.repeat}`}>
              <p class="soft small">
                <span class="mono">{flip.itemId}</span>
                {flip.baselineSample !== null && ` · ${text('target')}: ${flip.baselineSample.target}`}
              </p>
              <SideLink side="A" sample={flip.baselineSample} right={kind === 'broken'} text={text} />
              <SideLink side="B" sample={flip.candidateSample} right={kind === 'fixed'} text={text} />
            </li>
          ))}
        </ul>
        {!all.value && flips.length > firstFlips && (
          <div>
            <Button
              label={text('moreFlips', { n: flips.length })}
              icon="down"
              onClick$={() => {
                all.value = true;
              }}
            />
          </div>
        )}
      </section>
    );
  },
);

const SideLink = (props: {
  side: string;
  sample: { readonly id: string; readonly runId: string; readonly prediction: string } | null;
  right: boolean;
  text: CompareText;
}) =>
  props.sample === null ? null : (
    <a class="flip-side" href={`/runs/${props.sample.runId}/samples/${props.sample.id}`}>
      <Badge tone={props.right ? 'good' : 'bad'} icon={props.right ? 'ok' : 'wrong'} label={props.side} />
      <span class="clip">{props.sample.prediction || props.text('empty')}</span>
    </a>
  );
