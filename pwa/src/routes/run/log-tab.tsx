// What the run wrote down: kept lines, then live ones; filtered by level, followed when wanted.
import { component$, useComputed$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { CopyButton } from '../../component/copy-button.tsx';
import { CheckField, SelectField, TextField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { messages, useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { TabProps } from './tab.ts';

const logsQuery = graphql(`
  query RunLogs($id: ID!, $level: String, $search: String) {
    run(id: $id) { id logs(level: $level, search: $search, first: 200) { nodes { id level message createdAt } } }
  }
`);

const texts = messages({
  en: {
    title: 'Log',
    level: 'Level',
    any: 'Every level',
    info: 'Info',
    warn: 'Warning',
    error: 'Error',
    search: 'Search',
    follow: 'Follow the end',
    none: 'Nothing was written down.',
    copy: 'Copy the log',
  },
  'pt-BR': {
    title: 'Registro',
    level: 'Nível',
    any: 'Todos os níveis',
    info: 'Informação',
    warn: 'Aviso',
    error: 'Erro',
    search: 'Buscar',
    follow: 'Seguir o fim',
    none: 'Nada foi registrado.',
    copy: 'Copiar o registro',
  },
});

const levels = ['info', 'warn', 'error'] as const;

/** `/runs/:id/log`. */
export const LogTab = component$<TabProps>((props) => {
  const text = useText(texts);
  const format = useFormat();
  const show = useShow();
  const place = usePlace();
  const { id } = props.state.run;
  const follow = useSignal(true);
  const box = useSignal<HTMLElement>();
  const variables = useComputed$(() => ({
    id,
    level: searchValue(place, 'level') || undefined,
    search: searchValue(place, 'q') || undefined,
  }));
  const { state, refresh$ } = useQuery(logsQuery, variables, { keepFor: id });
  const count = useComputed$(() => props.state.lines.length);
  useVisibleTask$(
    ({ track }) => {
      track(() => count.value);
      track(() => state.value);
      const following = track(() => follow.value);
      if (following) requestAnimationFrame(() => box.value?.scrollTo({ top: box.value.scrollHeight }));
    },
    { strategy: 'document-ready' },
  );
  const level = searchValue(place, 'level');
  const words = searchValue(place, 'q').toLowerCase();
  const live = props.state.lines.filter(
    (line) => (level === '' || line.level === level) && line.message.toLowerCase().includes(words),
  );
  return (
    <div class="stack">
      <search class="filters" aria-label={text('level')}>
        <SelectField
          id="log-level"
          label={text('level')}
          value={level}
          options={[
            { value: '', label: text('any') },
            ...levels.map((value) => ({ value, label: text(value) })),
          ]}
          onChange$={(_, element) => setSearch({ level: element.value })}
        />
        <TextField
          id="log-search"
          type="search"
          label={text('search')}
          value={searchValue(place, 'q')}
          onChange$={(_, element) => setSearch({ q: element.value.trim() })}
        />
        <CheckField
          label={text('follow')}
          checked={follow.value}
          onChange$={(_, element) => {
            follow.value = element.checked;
          }}
        />
      </search>
      {show(state.value, {
        loading: <Skeleton rows={1} height={320} />,
        retry$: refresh$,
        ready: ({ run }) => {
          const kept = (run?.logs.nodes ?? []).map((line) => ({ ...line, at: line.createdAt }));
          const seen = new Set(kept.map((line) => line.at + line.message));
          const lines = [...kept, ...live.filter((line) => !seen.has(line.at + line.message))].sort((a, b) =>
            a.at.localeCompare(b.at),
          );
          if (lines.length === 0) return <p class="soft">{text('none')}</p>;
          return (
            <>
              <section ref={box} class="log code" tabIndex={0} aria-label={text('title')}>
                {lines.map((line) => (
                  <div key={line.id} class={['log-line', line.level]}>
                    <span class="soft">{format.time(line.at)}</span> <strong>{line.level}</strong>{' '}
                    {line.message}
                  </div>
                ))}
              </section>
              <div>
                <CopyButton
                  label={text('copy')}
                  text={lines.map((line) => `${line.at} ${line.level} ${line.message}`).join('\n')}
                />
              </div>
            </>
          );
        },
      })}
    </div>
  );
});
