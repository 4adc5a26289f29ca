// The palette of commands: every part of the dashboard, every run and every suite, by typing a piece of the name.
import { $, component$, useComputed$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Dialog } from '../component/dialog.tsx';
import { Icon, type IconName } from '../component/icon.tsx';
import { graphql } from '../graphql/graphql.ts';
import { useQuery } from '../graphql/use-query.ts';
import { messages, useText } from '../i18n/text.ts';
import { navigate } from '../routing/navigate.ts';
import type { OverlayProps } from './overlay.ts';
import './overlay.css';
import { sections, sectionTexts } from './section.ts';

const texts = messages({
  en: {
    title: 'Go to',
    hint: 'A page, a run, a suite…',
    run: 'Run',
    suite: 'Suite',
    active: 'Active runs',
    developers: 'For developers',
    none: 'Nothing has this in its name.',
  },
  'pt-BR': {
    title: 'Ir para',
    hint: 'Uma página, uma execução, uma suíte…',
    run: 'Execução',
    suite: 'Suíte',
    active: 'Execuções ativas',
    developers: 'Para desenvolvedores',
    none: 'Nada tem isto no nome.',
  },
});

const foundQuery = graphql(`
  query Palette($search: String) {
    runs(filter: { search: $search }, first: 6) { nodes { id name } }
    suites(search: $search, first: 4) { nodes { id name } }
  }
`);

interface Entry {
  readonly href: string;
  readonly name: string;
  readonly icon: IconName;
  readonly kind: string;
}

/** Milliseconds without a key before the server is asked. */
const rest = 150;

/** Opened by Ctrl/Cmd+K and from the app bar. */
export const Palette = component$<OverlayProps>((props) => {
  const text = useText(texts);
  const section = useText(sectionTexts);
  const typed = useSignal('');
  const asked = useSignal('');
  const place = useSignal(0);
  const { state } = useQuery(
    foundQuery,
    useComputed$(() => ({ search: asked.value === '' ? null : asked.value })),
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      const wanted = track(() => typed.value).trim();
      place.value = 0;
      const timer = setTimeout(() => {
        asked.value = wanted;
      }, rest);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  const found = state.value.status === 'ready' ? state.value.data : undefined;
  const fits = (entry: Entry) => entry.name.toLowerCase().includes(typed.value.trim().toLowerCase());
  const pages: Entry[] = [
    ...sections.map(({ href, name, icon }) => ({ href, name: section(name), icon, kind: '' })),
    { href: '/runs?status=RUNNING', name: text('active'), icon: 'running', kind: '' },
    { href: '/developers', name: text('developers'), icon: 'code', kind: '' },
  ];
  // What the server found for an earlier text must fit the present one, too.
  const entries: Entry[] = [
    ...pages,
    ...(found?.runs.nodes ?? []).map(({ id, name }) => ({
      href: `/runs/${id}`,
      name,
      icon: 'runs' as IconName,
      kind: text('run'),
    })),
    ...(found?.suites.nodes ?? []).map(({ id, name }) => ({
      href: `/suites/${id}`,
      name,
      icon: 'suite' as IconName,
      kind: text('suite'),
    })),
  ].filter(fits);
  const current = Math.min(place.value, entries.length - 1);
  const go$ = $(async (href: string) => {
    await props.onClose$();
    navigate(href);
  });
  return (
    <Dialog open={true} title={text('title')} onClose$={props.onClose$}>
      <div class="palette stack tight">
        <input
          type="search"
          role="combobox"
          aria-label={text('hint')}
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={current >= 0 ? `palette-${current}` : undefined}
          placeholder={text('hint')}
          autocomplete="off"
          value={typed.value}
          onInput$={(_, element) => {
            typed.value = element.value;
          }}
          onKeyDown$={async (event) => {
            if (event.key === 'ArrowDown') place.value = Math.min(current + 1, entries.length - 1);
            else if (event.key === 'ArrowUp') place.value = Math.max(current - 1, 0);
            else if (event.key === 'Enter' && entries[current] !== undefined)
              await go$(entries[current].href);
          }}
        />
        <div id="palette-list" class="palette-list" role="listbox" aria-label={text('title')}>
          {entries.map((entry, index) => (
            <div
              key={entry.href}
              id={`palette-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current ? 'true' : 'false'}
              onClick$={() => go$(entry.href)}
            >
              <Icon name={entry.icon} />
              <span>{entry.name}</span>
              <span class="soft small">{entry.kind}</span>
            </div>
          ))}
        </div>
        {entries.length === 0 && <p class="soft">{text('none')}</p>}
      </div>
    </Dialog>
  );
});
