// What the columns of a split hold: a card each, with a small histogram.
import { component$, useComputed$ } from '@builder.io/qwik';
import { Skeleton } from '../../component/skeleton.tsx';
import type { ResultOf } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { type Format, useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import './datasets.css';
import type { DatasetWords } from './dataset-page.tsx';
import { statisticsQuery } from './datasets-query.ts';
import { datasetTexts } from './texts.ts';

type Version = NonNullable<ResultOf<typeof statisticsQuery>['dataset']>['versions'][number];
type Column = Version['statistics']['columns'][number];

/** Of one version; they are read when first asked for. */
export const Columns = component$<{ name: string; split: string; version: number | null }>((props) => {
  const text = useText(datasetTexts);
  const format = useFormat();
  const show = useShow();
  const variables = useComputed$(() => ({ name: props.name, split: props.split, version: props.version }));
  const { state, refresh$ } = useQuery(statisticsQuery, variables, { keepFor: 'datasets' });
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={3} height={180} />,
        retry$: refresh$,
        ready: ({ dataset }) => {
          const statistics = dataset?.versions[0]?.statistics;
          if (statistics === undefined) return <p class="soft">{text('emptySplit')}</p>;
          return (
            <>
              <p class="soft small">{text('readRows', { n: statistics.rows })}</p>
              <ul class="columns">
                {statistics.columns.map((column) => (
                  <ColumnCard key={column.name} column={column} text={text} format={format} />
                ))}
              </ul>
            </>
          );
        },
      })}
    </>
  );
});

const ColumnCard = (props: { column: Column; text: DatasetWords; format: Format }) => {
  const { column, text, format } = props;
  const { numbers } = column;
  const unit = column.kind === 'text' ? text('characters') : column.kind === 'list' ? text('entries') : '';
  const written = (value: number | undefined) => [format.number(value), unit].filter(Boolean).join(' ');
  const distinct = format.number(column.distinct);
  return (
    <li>
      <div class="card-head">
        <h2>{column.name}</h2>
        <span class="chip">{text(column.kind as 'text')}</span>
      </div>
      {numbers !== null && <Histogram name={column.name} numbers={numbers} text={text} format={format} />}
      <dl class="facts">
        {numbers !== null && (
          <>
            <dt>{text('range')}</dt>
            <dd>
              {format.number(numbers.min)} – {written(numbers.max)}
            </dd>
            <dt>{text('mean')}</dt>
            <dd>{written(numbers.mean)}</dd>
            <dt>{text('median')}</dt>
            <dd>{written(numbers.quantiles[2])}</dd>
          </>
        )}
        <dt>{text('distinct')}</dt>
        <dd>{column.distinctCapped ? text('more', { n: column.distinct }) : distinct}</dd>
        <dt>{text('missing')}</dt>
        <dd>{format.number(column.missing)}</dd>
      </dl>
      {numbers?.sampled === true && <p class="soft small">{text('sampled')}</p>}
      {column.top.length > 0 && (
        <details>
          <summary>{text('commonest')}</summary>
          <dl class="facts">
            {column.top.map(({ value, count }) => (
              <>
                <dt key={`${value}-count`}>{format.number(count)}</dt>
                <dd key={value}>{value}</dd>
              </>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
};

const Histogram = (props: {
  name: string;
  numbers: NonNullable<Column['numbers']>;
  text: DatasetWords;
  format: Format;
}) => {
  const { name, numbers, text, format } = props;
  const highest = Math.max(...numbers.histogram.map(({ share }) => share));
  const words = {
    name,
    from: format.number(numbers.min),
    to: format.number(numbers.max),
    share: format.percent(highest, 0),
  };
  return (
    <div class="histogram" role="img" aria-label={text('histogram', words)}>
      {numbers.histogram.map(({ from, share }) => (
        <span key={from} style={{ height: `${(100 * share) / highest}%` }} />
      ))}
    </div>
  );
};
