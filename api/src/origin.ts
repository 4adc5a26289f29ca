// Whether a request comes from our own page or from no page at all.
import type { IncomingMessage } from 'node:http';

/** Browsers tell the page's origin; it has to be the host that was asked. Scripts send none. */
export function isAllowedOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
