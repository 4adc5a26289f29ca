// Whether a request was sent to a name of this bench: a page whose own name is made to point here (DNS rebinding) brings its own.
import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';
import { Problem } from './rest/problem.ts';

/** Names and addresses, without ports, that the bench answers to besides those of loopback; undefined for any. */
export type AskedNames = readonly string[] | undefined;

/** A problem for a request whose `Host` is none of ours; undefined for one that may go on. */
export function misdirected(
  { headers: { host } }: Pick<IncomingMessage, 'headers'>,
  names: AskedNames,
): Problem | undefined {
  if (names === undefined) return undefined;
  const name = nameOf(host ?? '');
  if (name !== undefined && (isLoopback(name) || names.includes(name))) return undefined;
  const told = (host ?? '').slice(0, 100);
  return new Problem(
    421,
    `while authentication is off, the bench does not answer to the host ${JSON.stringify(told)}: ` +
      'ask it as localhost, or add that name to BANCADA_HOSTS (names, by commas), or set BANCADA_AUTH=on',
    { host: told },
  );
}

/** An entry of `BANCADA_HOSTS` as it is compared; undefined for one that is no name or address, e.g. with a scheme, port or path. */
export function hostName(entry: string): string | undefined {
  return nameOf(entry.includes(':') ? `[${entry}]` : entry);
}

// What URL makes of it: lower case, short and odd forms of addresses written out (0x7f.1).
function nameOf(host: string): string | undefined {
  if (host === '' || /[/?#@\\\s]/.test(host)) return undefined;
  const text = `http://${host}`;
  return URL.canParse(text) ? new URL(text).hostname.replace(/\.$/, '') : undefined;
}

function isLoopback(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]') return true;
  return isIPv4(name) && name.startsWith('127.');
}
