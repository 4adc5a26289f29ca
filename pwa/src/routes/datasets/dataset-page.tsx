// One data set: its rows page by page, what its columns hold, its versions, and what can be done with it.
import { component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { Icon } from '../../component/icon.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { Tabs } from '../../component/tabs.tsx';
import type { ResultOf } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { type Text, useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { Columns } from './columns.tsx';
import { datasetQuery } from './datasets-query.ts';
import { DeleteDataset } from './delete-dataset.tsx';
import { Rows } from './rows.tsx';
import { datasetTexts } from './texts.ts';
import { VersionList } from './version-list.tsx';

/** A data set as the page reads it. */
export type Dataset = NonNullable<ResultOf<typeof datasetQuery>['dataset']>;
/** The words of the pages of data sets. */
export type DatasetWords = Text<keyof (typeof datasetTexts)['en']>;

const views = ['rows', 'columns', 'versions'] as const;
const viewNames = { rows: 'viewRows', columns: 'viewColumns', versions: 'viewVersions' } as const;

/** `/datasets/:name`; `?split=`, `?view=` and `?version=` say what is shown. */
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
          const [newest] = dataset.versions;
          const asked = Number(searchValue(place, 'version'));
          const version = dataset.versions.find((one) => one.version === asked) ?? newest;
          const older = version === newest ? null : (version?.version ?? null);
          const splits = version?.splits ?? [];
          const split = splits.find(({ name }) => name === searchValue(place, 'split')) ?? splits[0];
          const view = views.find((one) => one === searchValue(place, 'view')) ?? 'rows';
          const address = (changes: Readonly<Record<string, string | undefined>>) =>
            addressOf(dataset.name, {
              version: older === null ? undefined : String(older),
              split: split?.name,
              view,
              ...changes,
            });
          return (
            <>
              <PageTitle text={dataset.name}>
                <Actions dataset={dataset} text={text} version={older} split={split?.name} />
              </PageTitle>
              <About dataset={dataset} text={text} />
              {older !== null && (
                <p class="notice warn">
                  {text('shownVersion', { version: older, name: dataset.name })}{' '}
                  <a href={address({ version: undefined })}>{text('showNewest')}</a>
                </p>
              )}
              {split === undefined ? (
                <Empty icon="dataset" sentence={text('noVersion')} />
              ) : (
                <Card>
                  <Tabs
                    label={text('views')}
                    tabs={views.map((one) => ({
                      href: address({ view: one }),
                      label: text(viewNames[one]),
                      current: one === view,
                    }))}
                  />
                  {view !== 'versions' && splits.length > 1 && (
                    <Tabs
                      label={text('splits')}
                      tabs={splits.map(({ name, rows }) => ({
                        href: address({ split: name }),
                        label: rows === null ? name : `${name} · ${format.number(rows)}`,
                        current: name === split.name,
                      }))}
                    />
                  )}
                  {view === 'rows' && (
                    <Rows
                      key={`${split.name} ${older}`}
                      name={dataset.name}
                      split={split.name}
                      version={older}
                      total={split.rows}
                    />
                  )}
                  {view === 'columns' && (
                    <Columns
                      key={`${split.name} ${older}`}
                      name={dataset.name}
                      split={split.name}
                      version={version?.version ?? null}
                    />
                  )}
                  {view === 'versions' && <VersionList dataset={dataset} text={text} format={format} />}
                </Card>
              )}
            </>
          );
        },
      })}
    </div>
  );
});

function addressOf(name: string, search: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/datasets/${encodeURIComponent(name)}?${new URLSearchParams(given)}`;
}

const Actions = (props: {
  dataset: Dataset;
  text: DatasetWords;
  version: number | null;
  split: string | undefined;
}) => {
  const { dataset, text, version, split } = props;
  const name = encodeURIComponent(dataset.name);
  const query = new URLSearchParams({
    ...(split !== undefined && { split }),
    ...(version !== null && { version: String(version) }),
  });
  return (
    <>
      <ButtonLink href={`/datasets/${name}/task`} icon="suite" kind="primary" label={text('makeTask')} />
      <details class="menu">
        <summary class="button">
          <Icon name="download" />
          <span>{text('download')}</span>
        </summary>
        <div class="menu-list">
          {(['original', 'jsonl', 'csv'] as const).map((format) => (
            <a key={format} href={`/api/v1/datasets/${name}/download?${query}&format=${format}`} download="">
              {format === 'original' ? text('original') : format.toUpperCase()}
            </a>
          ))}
        </div>
      </details>
      {!dataset.bundled && (
        <>
          <ButtonLink href={`/datasets/new?name=${name}`} icon="add" label={text('newVersion')} />
          <DeleteDataset name={dataset.name} />
        </>
      )}
    </>
  );
};

const About = (props: { dataset: Dataset; text: DatasetWords }) => {
  const { dataset, text } = props;
  const web = dataset.source !== null && /^https?:\/\//.test(dataset.source);
  const nothing =
    !dataset.bundled && dataset.licence === null && dataset.description === null && dataset.source === null;
  if (nothing) return null;
  return (
    <Card>
      {(dataset.bundled || dataset.licence !== null) && (
        <p class="row">
          {dataset.bundled && <span class="chip">{text('bundled')}</span>}
          {dataset.licence !== null && (
            <span class="chip">
              {text('licence')}: {dataset.licence}
            </span>
          )}
        </p>
      )}
      {dataset.description !== null && <p>{dataset.description}</p>}
      {dataset.source !== null && (
        <p class="soft">
          {text('source')}:{' '}
          {web ? (
            <a href={dataset.source} rel="noreferrer" target="_blank">
              {dataset.source}
            </a>
          ) : dataset.source === 'uploaded' ? (
            text('uploaded')
          ) : (
            dataset.source
          )}
        </p>
      )}
    </Card>
  );
};
