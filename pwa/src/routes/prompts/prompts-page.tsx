// Every saved prompt.
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
import { promptsQuery } from './prompts-query.ts';
import { promptTexts } from './texts.ts';

/** `/prompts`. */
export const PromptsPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(promptTexts);
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({
    search: searchValue(place, 'search') || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(promptsQuery, variables, { keepFor: 'prompts' });
  return (
    <div class="stack">
      <PageTitle text={section('prompts')}>
        <ButtonLink href="/prompts/new" icon="add" kind="primary" label={text('newPrompt')} />
      </PageTitle>
      <ListSearch label={text('search')} />
      {show(state.value, {
        loading: <Skeleton rows={3} height={120} />,
        retry$: refresh$,
        ready: ({ prompts }) =>
          prompts.nodes.length === 0 ? (
            <Empty icon="prompt" sentence={text(searchValue(place, 'search') === '' ? 'none' : 'noneFound')}>
              <ButtonLink href="/prompts/new" label={text('newPrompt')} />
            </Empty>
          ) : (
            <>
              <ul class="entries">
                {prompts.nodes.map((prompt) => (
                  <li key={prompt.id} class="card">
                    <div class="card-head">
                      <h2>
                        <a href={`/prompts/${prompt.id}`}>{prompt.name}</a>
                      </h2>
                      <span class="row">
                        {prompt.bundled && <span class="chip">{text('bundled')}</span>}
                        <span class="chip">{text('version', { version: prompt.version })}</span>
                      </span>
                    </div>
                    <p class="soft">{prompt.description}</p>
                    <p class="row small">
                      {prompt.labels.map(({ label, version }) => (
                        <span key={label} class="badge accent">
                          {label} · {version}
                        </span>
                      ))}
                      {prompt.variables.map((name) => (
                        <code key={name}>{name}</code>
                      ))}
                    </p>
                  </li>
                ))}
              </ul>
              <Paging {...prompts.pageInfo} />
            </>
          ),
      })}
    </div>
  );
});
