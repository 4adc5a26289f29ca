// Every registered model.
import { $, component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { ListSearch, Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useActivity } from '../../live/use-activity.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { ModelCard } from './model-card.tsx';
import { modelsQuery } from './models-query.ts';
import { modelTexts } from './texts.ts';

/** `/models`. */
export const ModelsPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(modelTexts);
  const format = useFormat();
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({
    search: searchValue(place, 'search') || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(modelsQuery, variables, { keepFor: 'models' });
  useActivity(
    $(({ kind }) => {
      if (kind === 'model.changed') refresh$();
    }),
  );
  return (
    <div class="stack">
      <PageTitle text={section('models')}>
        <ButtonLink href="/models/new" icon="add" kind="primary" label={text('register')} />
      </PageTitle>
      <ListSearch label={text('search')} />
      {show(state.value, {
        loading: <Skeleton rows={4} height={160} />,
        retry$: refresh$,
        ready: ({ models }) =>
          models.nodes.length === 0 ? (
            <Empty icon="model" sentence={text(searchValue(place, 'search') === '' ? 'none' : 'noneFound')}>
              <ButtonLink href="/models/new" label={text('register')} />
            </Empty>
          ) : (
            <>
              <ul class="entries">
                {models.nodes.map((model) => (
                  <ModelCard key={model.id} model={model} text={text} format={format} />
                ))}
              </ul>
              <Paging {...models.pageInfo} />
            </>
          ),
      })}
    </div>
  );
});
