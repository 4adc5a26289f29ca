// Shows the page of the current address, fetching its code on the first visit.
import {
  component$,
  type FunctionComponent,
  type NoSerialize,
  noSerialize,
  useSignal,
  useVisibleTask$,
} from '@builder.io/qwik';
import { Button, ButtonLink } from '../component/button.tsx';
import { Empty } from '../component/empty.tsx';
import { Skeleton } from '../component/skeleton.tsx';
import { messages, useText } from '../i18n/text.ts';
import { routes } from '../routes/routes.ts';
import { PageTitle } from '../routing/page-title.tsx';
import { usePlace } from '../routing/place.ts';
import { matchRoute, type PageProps } from '../routing/route.ts';

const texts = messages({
  en: {
    unknown: 'There is no page at this address.',
    unknownTitle: 'No such page',
    home: 'Home',
    broken: 'This page could not be loaded.',
    retry: 'Reload',
  },
  'pt-BR': {
    unknown: 'Não há página neste endereço.',
    unknownTitle: 'Página inexistente',
    home: 'Início',
    broken: 'Não foi possível carregar a página.',
    retry: 'Recarregar',
  },
});

type Shown =
  | { readonly status: 'loading' | 'unknown' | 'broken' }
  | {
      readonly status: 'page';
      readonly page: NoSerialize<{ Page: FunctionComponent<PageProps> }>;
      readonly params: Readonly<Record<string, string>>;
      readonly key: string;
    };

/** The part of the shell that changes with the address. */
export const PageView = component$(() => {
  const text = useText(texts);
  const place = usePlace();
  const shown = useSignal<Shown>({ status: 'loading' });
  useVisibleTask$(
    async ({ track, cleanup }) => {
      const path = track(() => place.path);
      let current = true;
      cleanup(() => {
        current = false;
      });
      const match = matchRoute(routes, path);
      if (match === undefined) {
        shown.value = { status: 'unknown' };
        return;
      }
      try {
        const Page = await match.route.load();
        if (!current) return;
        const before = shown.value;
        shown.value = { status: 'page', page: noSerialize({ Page }), params: match.params, key: match.key };
        if (before.status === 'page' && before.key !== match.key) startAtTop();
      } catch {
        if (current) shown.value = { status: 'broken' };
      }
    },
    { strategy: 'document-ready' },
  );
  const now = shown.value;
  if (now.status === 'page' && now.page !== undefined) {
    const { Page } = now.page;
    return <Page key={now.key} params={now.params} />;
  }
  if (now.status === 'unknown')
    return (
      <div class="stack">
        <PageTitle text={text('unknownTitle')} />
        <Empty icon="search" sentence={text('unknown')}>
          <ButtonLink href="/" label={text('home')} />
        </Empty>
      </div>
    );
  if (now.status === 'broken')
    return (
      <Empty icon="offline" sentence={text('broken')}>
        <Button label={text('retry')} icon="retry" onClick$={() => location.reload()} />
      </Empty>
    );
  return <Skeleton rows={4} />;
});

/** A new page begins at its top, and screen readers begin at its heading. */
function startAtTop(): void {
  window.scrollTo(0, 0);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }));
}
