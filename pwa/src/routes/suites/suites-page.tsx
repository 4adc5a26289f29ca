// Every saved suite.
import { component$, useComputed$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { ListSearch, Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { suitesQuery } from './suites-query.ts';
import { suiteTexts } from './texts.ts';

/** `/suites`. */
export const SuitesPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(suiteTexts);
  const place = usePlace();
  const show = useShow();
  const status = useStatusText();
  const format = useFormat();
  const variables = useComputed$(() => ({
    search: searchValue(place, 'search') || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(suitesQuery, variables, { keepFor: 'suites' });
  return (
    <div class="stack">
      <PageTitle text={section('suites')}>
        <ButtonLink href="/suites/new" icon="add" kind="primary" label={text('newSuite')} />
      </PageTitle>
      <ListSearch label={text('search')} />
      {show(state.value, {
        loading: <Skeleton rows={3} height={150} />,
        retry$: refresh$,
        ready: ({ suites }) =>
          suites.nodes.length === 0 ? (
            <Empty icon="suite" sentence={text(searchValue(place, 'search') === '' ? 'none' : 'noneFound')}>
              <ButtonLink href="/new" label={text('newRun')} />
            </Empty>
          ) : (
            <>
              <ul class="entries">
                {suites.nodes.map((suite) => (
                  <li key={suite.id} class="card">
                    <div class="card-head">
                      <h2>
                        <a href={`/suites/${suite.id}`}>{suite.name}</a>
                      </h2>
                      <span class="row">
                        {suite.bundled && <span class="chip">{text('bundled')}</span>}
                        <span class="chip">{text('version', { version: suite.version })}</span>
                      </span>
                    </div>
                    <p class="soft">{suite.description}</p>
                    <dl class="definition">
                      <dt>{text('models')}</dt>
                      <dd>{suite.models.join(', ')}</dd>
                      <dt>{text('tasks')}</dt>
                      <dd>{suite.tasks.join(', ')}</dd>
                    </dl>
                    {suite.runs.map((run) => (
                      <p key={run.id} class="row small">
                        <a href={`/runs/${run.id}`}>{text('lastRun')}</a>
                        <StatusBadge status={run.status} text={status} />
                        <span class="soft">{format.ago(run.createdAt)}</span>
                      </p>
                    ))}
                    <div class="row">
                      <ButtonLink href={`/new?suite=${suite.id}`} icon="play" label={text('run')} />
                    </div>
                  </li>
                ))}
              </ul>
              <Paging {...suites.pageInfo} />
            </>
          ),
      })}
    </div>
  );
});
