// The rows of a split, a page at a time: a table on a desktop, cards on a phone.
import { component$, useComputed$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';
import { useWide } from '../../shell/wide.ts';
import './datasets.css';
import { rowsQuery } from './datasets-query.ts';
import { besidePage, offsetInAddress, rowsPerPage, writeCell } from './row-page.ts';
import { datasetTexts } from './texts.ts';

/** `?offset=` says where the page begins. `total` is null for splits that were never counted. */
export const Rows = component$<{
  name: string;
  split: string;
  /** Null for the newest. */
  version: number | null;
  total: number | null;
}>((props) => {
  const text = useText(datasetTexts);
  const format = useFormat();
  const place = usePlace();
  const show = useShow();
  const wide = useWide();
  const variables = useComputed$(() => ({
    name: props.name,
    split: props.split,
    version: props.version,
    offset: offsetInAddress(searchValue(place, 'offset')),
    limit: rowsPerPage,
  }));
  const { state, refresh$ } = useQuery(rowsQuery, variables, { keepFor: 'datasets' });
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={8} height={44} />,
        retry$: refresh$,
        ready: ({ dataset }) => {
          const page = dataset?.rows;
          if (page === undefined || page.rows.length === 0) return <p class="soft">{text('emptySplit')}</p>;
          const { before, after } = besidePage(page.offset, page.rows.length, props.total);
          const range = {
            from: format.number(page.offset + 1),
            to: format.number(page.offset + page.rows.length),
            total: format.number(props.total),
          };
          return (
            <>
              {wide.value ? (
                <div class="table-scroll" tabIndex={0}>
                  <table class="rows-table">
                    <thead>
                      <tr>
                        <th scope="col" class="number">
                          #
                        </th>
                        {page.columns.map((column) => (
                          <th key={column} scope="col">
                            {column}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {page.rows.map((row, index) => (
                        <tr key={page.offset + index}>
                          <td class="number soft">{page.offset + index + 1}</td>
                          {page.columns.map((column) => (
                            <td key={column}>{writeCell(row, column)}</td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              ) : (
                <ol class="row-cards">
                  {page.rows.map((row, index) => (
                    <li key={page.offset + index}>
                      <span class="soft small number">#{page.offset + index + 1}</span>
                      <dl>
                        {page.columns.map((column) => (
                          <div key={column}>
                            <dt>{column}</dt>
                            <dd>{writeCell(row, column)}</dd>
                          </div>
                        ))}
                      </dl>
                    </li>
                  ))}
                </ol>
              )}
              <div class="row between">
                <span class="soft small">{text(props.total === null ? 'shown' : 'shownOf', range)}</span>
                <span class="row">
                  <Button
                    icon="previous"
                    label={text('previous')}
                    why={before === undefined ? text('atStart') : undefined}
                    onClick$={() => setSearch({ offset: before === 0 ? undefined : String(before) })}
                  />
                  <Button
                    icon="next"
                    label={text('next')}
                    why={after === undefined ? text('atEnd') : undefined}
                    onClick$={() => setSearch({ offset: String(after) })}
                  />
                </span>
              </div>
            </>
          );
        },
      })}
    </>
  );
});
