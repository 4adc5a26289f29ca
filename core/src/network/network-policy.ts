// Which addresses a model or a data set may name: the public internet, loopback where that is allowed, and what the operator lists.
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { BancadaError } from '../errors.ts';

/** Where requests may go besides the public internet. */
export interface NetworkPolicy {
  /** Hosts (`gpu-box.lan`) and CIDR ranges (`10.1.0.0/16`) that are allowed as well: `BANCADA_ENDPOINT_ALLOW`. */
  readonly allow: readonly string[];
  /** Whether this machine itself may be asked: only while everybody who may ask sits at it. */
  readonly loopback: boolean;
}

/** Everything may be asked: the command line, where whoever gives an address could reach it anyway. */
export const unrestrictedNetwork: NetworkPolicy = {
  allow: ['0.0.0.0/0', '::/0'],
  loopback: true,
};

/** Whether a host is allowed by its name, whatever it resolves to. */
export function allowsHost({ allow }: NetworkPolicy, host: string): boolean {
  const name = bare(host);
  return allow.some((entry) => entry.toLowerCase() === name);
}

/** Whether an IP address may be connected to. Mapped, NAT64 and 6to4 forms are judged by the IPv4 address inside. */
export function allowsAddress({ allow, loopback }: NetworkPolicy, address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const inner = innermost(ipaddr.parse(address));
  const range = inner.range();
  if (range === 'unicast') return true;
  if (loopback && range === 'loopback') return true;
  return allow.some((entry) => covers(entry, inner));
}

/**
 * Refuses an address before anything is sent. A name is judged again when it has been resolved.
 * @throws BancadaError INVALID_INPUT with the key, the address and what is allowed.
 */
export function checkAddress(policy: NetworkPolicy, text: string, key: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new BancadaError('INVALID_INPUT', 'no address that can be asked', {
      key,
      value: text,
      allowed: 'http:// or https://',
    });
  }
  const host = bare(url.hostname);
  if (allowsHost(policy, host)) return url;
  const local = host === 'localhost' || host.endsWith('.localhost');
  if ((local && !policy.loopback) || (isIP(host) !== 0 && !allowsAddress(policy, host))) {
    throw forbiddenAddress(text, key);
  }
  return url;
}

/** The error for an address that the policy does not allow. */
export function forbiddenAddress(value: string, key?: string): BancadaError {
  return new BancadaError('INVALID_INPUT', 'this address is not allowed', {
    key,
    value,
    allowed: 'the public internet, and what BANCADA_ENDPOINT_ALLOW lists',
    hint: 'Private, link-local and metadata addresses need the operator’s consent: add the host or its range to BANCADA_ENDPOINT_ALLOW',
  });
}

/** A line for each entry that is neither a host nor a CIDR range. */
export function wrongEntries(entries: readonly string[]): string[] {
  return entries.filter((entry) =>
    entry.includes('/') ? !ipaddr.isValidCIDR(entry) : !/^[a-z0-9._:-]+$/i.test(entry),
  );
}

function bare(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function innermost(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address.kind() === 'ipv4') return address;
  const v6 = address as ipaddr.IPv6;
  if (v6.isIPv4MappedAddress()) return v6.toIPv4Address();
  const bytes = v6.toByteArray();
  if (v6.range() === 'rfc6052') return new ipaddr.IPv4(bytes.slice(12));
  if (v6.range() === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6));
  return address;
}

function covers(entry: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.isValid(entry)) return ipaddr.process(entry).toString() === address.toString();
  if (!ipaddr.isValidCIDR(entry)) return false;
  const range = ipaddr.parseCIDR(entry);
  return range[0].kind() === address.kind() && address.match(range as [ipaddr.IPv4, number]);
}
