// Where a request comes from: address, device, HTTPS or not, also behind a trusted proxy.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** What is known of a request besides what it asks for. */
export interface Caller {
  /** Of the client; IPv4 in its own form. */
  readonly address: string;
  /** The user agent, shortened. */
  readonly device: string;
  /** Whether the browser speaks HTTPS. */
  readonly secure: boolean;
  /** The `Cookie` header, '' without one. */
  readonly cookie: string;
  /** Adds a `Set-Cookie` to the answer; undefined over WebSocket, where there is none. */
  readonly setCookie?: ((cookie: string) => void) | undefined;
  /** Seconds after which a throttled request may come again; makes the answer a 429. */
  retryAfterSeconds?: number;
}

/** Addresses and CIDR ranges whose forwarding headers are believed. */
export class TrustedProxies {
  readonly #list = new BlockList();

  /** @throws Error naming the entry that is neither an address nor a range. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  has(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  }

  #add(entry: string): void {
    const [address = '', bits] = entry.split('/');
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const length = bits === undefined ? most : Number(bits);
    if (version === 0 || !Number.isInteger(length) || length < 0 || length > most) throw new Error(entry);
    this.#list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
}

/** Forwarding headers count only as far as trusted proxies wrote them. */
export function callerOf(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  trusted: TrustedProxies,
  response?: ServerResponse,
): Caller {
  const peer = plain(socket.remoteAddress ?? '');
  const proxied = trusted.has(peer);
  const encrypted = 'encrypted' in socket && socket.encrypted === true;
  return {
    address: proxied ? forwardedFor(headers, peer, trusted) : peer,
    device: (headers['user-agent'] ?? '').slice(0, 300),
    secure: encrypted || (proxied && lastOf(headers['x-forwarded-proto']) === 'https'),
    cookie: headers.cookie ?? '',
    setCookie: response && ((cookie) => response.appendHeader('set-cookie', cookie)),
  };
}

// Each proxy appends whom it heard: from the right, the first that is no proxy of ours is the client.
function forwardedFor(headers: IncomingHttpHeaders, peer: string, trusted: TrustedProxies): string {
  const told = String(headers['x-forwarded-for'] ?? '').split(',');
  const chain = [...told.map((part) => plain(part.trim())).filter((part) => isIP(part) !== 0), peer];
  return chain.findLast((address) => !trusted.has(address)) ?? chain[0] ?? peer;
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim();
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
