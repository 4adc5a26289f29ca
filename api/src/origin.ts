// Whether a request comes from our own page, from a script, or perhaps from another site's page in the user's browser.
import type { IncomingMessage } from 'node:http';
import type { Caller } from './auth/caller.ts';

/** Browsers tell the page's origin; it has to be the host that was asked. Scripts send none. */
export function isAllowedOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

// Any of these makes a browser ask first (preflight), and nothing here answers that question.
const tellingHeaders = [
  'authorization',
  'x-requested-with',
  'x-graphql-yoga-csrf',
  'graphql-require-preflight',
];

/**
 * Whether another site's page could have sent it without asking first, with what the browser sends by itself (a cookie).
 * Such a request wants an own `Origin`, or a header that only a preflight lets through.
 */
export function mayBeForged(request: Pick<IncomingMessage, 'headers'>, { cookie }: Caller): boolean {
  const { headers } = request;
  if (!isAllowedOrigin(request)) return true;
  if (isJson(headers['content-type']) || tellingHeaders.some((name) => headers[name] !== undefined))
    return false;
  return cookie !== '' && !comesFromOwnPage(request);
}

/** The same for GraphQL, where forms (multipart, urlencoded, text/plain) want the proof with or without a cookie. */
export function mayBeForgedGraphql(request: IncomingMessage, caller: Caller): boolean {
  if (mayBeForged(request, caller)) return true;
  const { headers, method } = request;
  if (method !== 'POST' || isJson(headers['content-type'])) return false;
  return !tellingHeaders.some((name) => headers[name] !== undefined) && !comesFromOwnPage(request);
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/.test(contentType ?? '');
}

// Downloads and EventSource of our own page carry no Origin; they carry one of the others.
function comesFromOwnPage({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  if (headers.origin !== undefined) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { referer } = headers;
  return referer !== undefined && URL.canParse(referer) && new URL(referer).host === headers.host;
}
