// Changes the address without loading a new document; plain `<a href>` elements do so by themselves.

const changed = 'bancada:navigate';

/** Goes to an address of the dashboard. `replace` leaves no step in the history. */
export function navigate(href: string, options: { readonly replace?: boolean } = {}): void {
  const target = new URL(href, location.href);
  if (options.replace === true) history.replaceState(undefined, '', target);
  else history.pushState(undefined, '', target);
  window.dispatchEvent(new Event(changed));
}

/** Changes single query parameters in place; undefined or '' removes one. */
export function setSearch(changes: Readonly<Record<string, string | undefined>>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  navigate(url.href, { replace: true });
}

/** Calls back whenever the address changes; returns how to stop. */
export function watchAddress(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  window.addEventListener('popstate', listener);
  return () => {
    window.removeEventListener(changed, listener);
    window.removeEventListener('popstate', listener);
  };
}

/** Lets every link to an address of the dashboard change it without a new document. */
export function routeClicks(): void {
  document.addEventListener('click', (event) => {
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button !== 0 || modified) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download') || !isOwn(link)) return;
    event.preventDefault();
    navigate(link.href);
  });
}

/** Files and the API's own pages are left to the browser. */
function isOwn(link: HTMLAnchorElement): boolean {
  return (
    link.origin === location.origin &&
    !/^\/(api|graphql|schema|metrics)(\/|$)/.test(link.pathname) &&
    !(link.hash !== '' && link.pathname === location.pathname && link.search === location.search)
  );
}
