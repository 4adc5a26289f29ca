// One data set: where it comes from, its versions, and its rows page by page.
import { component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { Skeleton } from '../../component/skeleton.tsx';
import { Tabs } from '../../component/tabs.tsx';
import type { ResultOf } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { type Format, useFormat } from '../../i18n/format.ts';
import { type Text, useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { datasetQuery } from './datasets-query.ts';
import { Rows } from './rows.tsx';
import { datasetTexts } from './texts.ts';

type Dataset = NonNullable<ResultOf<typeof datasetQuery>['dataset']>;
type Words = Text<keyof (typeof datasetTexts)['en']>;

/** `/datasets/:name`. */
export const DatasetPage = component$<PageProps>((props) => {
  const section = useText(sectionTexts);
  const text = useText(datasetTexts);
  const format = useFormat();
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({ name: props.params['name'] ?? '' }));
  const { state, refresh$ } = useQuery(datasetQuery, variables, { keepFor: 'datasets' });
  return (
    <div class="stack">
      {show(state.value, {
        loading: <Skeleton rows={3} height={140} />,
        retry$: refresh$,
        ready: ({ dataset }) => {
          if (dataset === null)
            return (
              <>
                <PageTitle text={section('datasets')} />
                <Empty icon="dataset" sentence={text('unknown')}>
                  <ButtonLink href="/datasets" label={text('all')} />
                </Empty>
              </>
            );
          const splits = dataset.versions.at(-1)?.splits ?? [];
          const wanted = searchValue(place, 'split');
          const split = splits.find(({ name }) => name === wanted) ?? splits[0];
          return (
            <>
              <PageTitle text={dataset.name} />
              <About dataset={dataset} text={text} format={format} />
              {split === undefined ? (
                <Empty icon="dataset" sentence={text('noVersion')} />
              ) : (
                <Card>
                  <Tabs
                    label={text('splits')}
                    tabs={splits.map(({ name, rows }) => ({
                      href: `/datasets/${encodeURIComponent(dataset.name)}?split=${encodeURIComponent(name)}`,
                      label: rows === null ? name : `${name} · ${format.number(rows)}`,
                      current: name === split.name,
                    }))}
                  />
                  <Rows key={split.name} name={dataset.name} split={split.name} total={split.rows} />
                </Card>
              )}
            </>
          );
        },
      })}
    </div>
  );
});

const About = (props: { dataset: Dataset; text: Words; format: Format }) => {
  const { dataset, text, format } = props;
  const web = dataset.source !== null && /^https?:\/\//.test(dataset.source);
  return (
    <Card>
      <p class="row">
        {dataset.bundled && <span class="chip">{text('bundled')}</span>}
        {dataset.licence !== null && (
          <span class="chip">
            {text('licence')}: {dataset.licence}
          </span>
        )}
      </p>
      {dataset.description !== null && <p>{dataset.description}</p>}
      {dataset.source !== null && (
        <p class="soft">
          {text('source')}:{' '}
          {web ? (
            <a href={dataset.source} rel="noreferrer" target="_blank">
              {dataset.source}
            </a>
          ) : (
            dataset.source
          )}
        </p>
      )}
      <ul class="stack tight">
        {dataset.versions.map((version) => (
          <li key={version.id} class="row">
            <strong>{text('version', { version: version.version })}</strong>
            <span class="soft small">{format.dateTime(version.createdAt)}</span>
            <code class="soft">sha256 {version.sha256.slice(0, 12)}…</code>
            <CopyButton text={version.sha256} iconOnly={true} />
          </li>
        ))}
      </ul>
    </Card>
  );
};
