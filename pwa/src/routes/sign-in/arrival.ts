// Where one goes after signing in.

/** A new document at the address that was wanted: everything is asked for again, as the user who signed in. */
export function arrive(): void {
  const next = new URLSearchParams(location.search).get('next') ?? '/';
  // Only addresses of the dashboard: `//elsewhere` and `\\elsewhere` lead away.
  location.assign(/^\/(?![/\\])/.test(next) ? next : '/');
}

/** What a form's fields hold. */
export function fieldsOf(form: HTMLFormElement): Readonly<Record<string, string>> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
