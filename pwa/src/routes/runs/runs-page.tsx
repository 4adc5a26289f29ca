// The list of runs: filtered by its address, live, and the way into comparing.
import {
  $,
  component$,
  type NoSerialize,
  noSerialize,
  useComputed$,
  useSignal,
  useTask$,
} from '@builder.io/qwik';
import { Button, ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import type { ResultOf } from '../../graphql/graphql.ts';
import { type QueryState, useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { type RunRow, useActivity } from '../../live/use-activity.ts';
import { navigate, setSearch } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import type { RunAction } from '../../run/run-action.ts';
import type { MenuTarget, RunMenu } from '../../run/run-menu.tsx';
import { roomForTable, useWide } from '../../shell/wide.ts';
import { RunFilters } from './run-filters.tsx';
import { useRunKeys } from './run-keys.ts';
import { RunList } from './run-list.tsx';
import './runs.css';
import { runsQuery, runsVariables } from './runs-query.ts';
import { runsTexts } from './runs-text.ts';
import type { ViewDialog } from './view-dialog.tsx';

const mostCompared = 6;

/** `/runs`. */
export const RunsPage = component$<PageProps>(() => {
  const text = useText(runsTexts);
  const show = useShow();
  const place = usePlace();
  const wide = useWide(roomForTable);
  const variables = useComputed$(() => runsVariables(place.search));
  const { state, refresh$ } = useQuery(runsQuery, variables, { keepFor: 'runs' });
  const live = useSignal<Readonly<Record<string, RunRow>>>({});
  const fresh = useSignal<readonly string[]>([]);
  const selected = useSignal<readonly string[]>([]);
  const menu = useSignal<MenuTarget>();
  const menuCode = useSignal<NoSerialize<{ RunMenu: typeof RunMenu }>>();
  const fault = useSignal('');

  useTask$(({ track }) => {
    track(() => state.value);
    live.value = {};
    fresh.value = [];
  });
  useActivity(
    $(({ run }) => {
      if (run === null) return;
      const known =
        state.value.status === 'ready' && state.value.data.runs.nodes.some((row) => row.id === run.id);
      if (known) live.value = { ...live.value, [run.id]: run };
      else if (isNewer(run, state.value) && !fresh.value.includes(run.id))
        fresh.value = [...fresh.value, run.id];
    }),
  );
  const onSelect$ = $((id: string, chosen: boolean) => {
    const others = selected.value.filter((other) => other !== id);
    selected.value = chosen ? [...others, id] : others;
  });
  const onMenu$ = $(async (target: MenuTarget) => {
    menuCode.value ??= noSerialize({ RunMenu: (await import('../../run/run-menu.tsx')).RunMenu });
    menu.value = target;
  });
  const onAct$ = $(async (action: RunAction, id: string) => {
    const { actOnRun } = await import('../../run/run-action.ts');
    const outcome = await actOnRun(action, id);
    fault.value = outcome.status === 'refused' ? outcome.message : '';
  });
  const viewCode = useSignal<NoSerialize<{ ViewDialog: typeof ViewDialog }>>();
  const openView$ = $(async () => {
    viewCode.value = noSerialize({ ViewDialog: (await import('./view-dialog.tsx')).ViewDialog });
  });
  useRunKeys({
    toggle$: $((id: string) => onSelect$(id, !selected.value.includes(id))),
    compare$: $(() => {
      const { length } = selected.value;
      if (length >= 2 && length <= mostCompared) navigate(`/compare?runs=${selected.value.join(',')}`);
    }),
    clear$: $(() => {
      selected.value = [];
    }),
  });
  const Views = viewCode.value?.ViewDialog;
  const Menu = menuCode.value?.RunMenu;
  const filtered = ['q', 'status', 'model'].some((name) => searchValue(place, name) !== '');
  const later = searchValue(place, 'after') !== '';
  const count = selected.value.length;
  return (
    <div class="stack">
      <PageTitle text={text('title')}>
        <Button label={text('view')} icon="table" iconOnly={!wide.value} onClick$={openView$} />
        <ButtonLink href="/new" icon="add" kind="primary" label={text('create')} />
      </PageTitle>
      <RunFilters />
      {fresh.value.length > 0 && !later && (
        <div class="fresh" role="status">
          <Button label={text('fresh', { n: fresh.value.length })} icon="retry" onClick$={refresh$} />
        </div>
      )}
      {show(state.value, {
        loading: <Skeleton rows={5} height={96} />,
        retry$: refresh$,
        ready: ({ runs }) =>
          runs.nodes.length === 0 ? (
            <Empty icon="runs" sentence={text(filtered ? 'nothing' : 'empty')}>
              {filtered ? (
                <Button label={text('reset')} onClick$={() => navigate('/runs')} />
              ) : (
                <ButtonLink href="/new" icon="add" kind="primary" label={text('create')} />
              )}
            </Empty>
          ) : (
            <>
              <RunList
                runs={runs.nodes.map((row) => live.value[row.id] ?? row)}
                selected={selected.value}
                onSelect$={onSelect$}
                onMenu$={onMenu$}
                onAct$={onAct$}
              />
              <div class="row">
                {later && (
                  <Button label={text('first')} icon="previous" onClick$={() => setSearch({ after: '' })} />
                )}
                {runs.pageInfo.hasNextPage && (
                  <Button
                    label={text('more')}
                    icon="next"
                    onClick$={() => {
                      const url = new URL(location.href);
                      url.searchParams.set('after', runs.pageInfo.endCursor ?? '');
                      navigate(url.href);
                    }}
                  />
                )}
              </div>
            </>
          ),
      })}
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          {fault.value}
        </p>
      )}
      {Views !== undefined && (
        <Views
          columns={wide.value}
          onClose$={() => {
            viewCode.value = undefined;
          }}
        />
      )}
      {Menu !== undefined && menu.value !== undefined && (
        <Menu
          key={menu.value.id}
          target={menu.value}
          onClose$={() => {
            menu.value = undefined;
          }}
          onCompare$={(id) => onSelect$(id, true)}
          onDone$={async (action, id) => {
            if (action === 'delete') await onSelect$(id, false);
            await refresh$();
          }}
        />
      )}
      {count > 0 && (
        <div class="selection" role="status">
          <Button
            label={text('compare', { n: count })}
            icon="compare"
            kind="primary"
            why={count < 2 ? text('compareHint') : count > mostCompared ? text('tooMany') : undefined}
            onClick$={() => navigate(`/compare?runs=${selected.value.join(',')}`)}
          />
          <Button
            label={text('clear')}
            kind="quiet"
            onClick$={() => {
              selected.value = [];
            }}
          />
          {count < 2 && <span class="small soft">{text('compareHint')}</span>}
        </div>
      )}
    </div>
  );
});

/** A run that began after the list was read belongs on top; others belong to other pages or filters. */
function isNewer(run: RunRow, state: QueryState<ResultOf<typeof runsQuery>>): boolean {
  if (state.status !== 'ready') return false;
  return state.data.runs.nodes.every((row) => row.createdAt < run.createdAt);
}
