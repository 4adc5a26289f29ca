// Every registered data set.
import { component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { ListSearch, Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { datasetsQuery } from './datasets-query.ts';
import { datasetTexts } from './texts.ts';

/** `/datasets`. */
export const DatasetsPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(datasetTexts);
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({
    search: searchValue(place, 'search') || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(datasetsQuery, variables, { keepFor: 'datasets' });
  return (
    <div class="stack">
      <PageTitle text={section('datasets')}>
        <ButtonLink href="/datasets/new" icon="add" kind="primary" label={text('upload')} />
        <ButtonLink href="/datasets/import" icon="download" label={text('import')} />
      </PageTitle>
      <ListSearch label={text('search')} />
      {show(state.value, {
        loading: <Skeleton rows={4} height={130} />,
        retry$: refresh$,
        ready: ({ datasets }) =>
          datasets.nodes.length === 0 ? (
            <Empty icon="dataset" sentence={text(searchValue(place, 'search') === '' ? 'none' : 'noneFound')}>
              <ButtonLink href="/datasets/new" kind="primary" label={text('upload')} />
            </Empty>
          ) : (
            <>
              <ul class="entries">
                {datasets.nodes.map((dataset) => {
                  const version = dataset.versions[0];
                  return (
                    <li key={dataset.id} class="card">
                      <div class="card-head">
                        <h2>
                          <a href={`/datasets/${encodeURIComponent(dataset.name)}`}>{dataset.name}</a>
                        </h2>
                        {dataset.bundled && <span class="chip">{text('bundled')}</span>}
                      </div>
                      {dataset.description !== null && <p class="soft">{dataset.description}</p>}
                      <p class="row">
                        {version?.splits.map((split) => (
                          <span key={split.name} class="chip">
                            {split.name} ·{' '}
                            {split.rows === null ? text('rowsUnknown') : text('rows', { n: split.rows })}
                          </span>
                        ))}
                      </p>
                      <p class="soft small">
                        {[
                          version === undefined
                            ? text('noVersion')
                            : text('version', { version: version.version }),
                          dataset.licence,
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </p>
                    </li>
                  );
                })}
              </ul>
              <Paging {...datasets.pageInfo} />
            </>
          ),
      })}
    </div>
  );
});
