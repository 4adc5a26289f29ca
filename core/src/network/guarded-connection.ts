// Connections that the policy allows: every address is judged when it is connected to, so that no redirect and no name that resolves anew gets round it.
import { lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import { allowsAddress, allowsHost, forbiddenAddress, type NetworkPolicy } from './network-policy.ts';

/** For the `connect` option of undici's Agent, Client and Pool. `timeoutMs` bounds the connection alone. */
export function guardedConnector(policy: NetworkPolicy, timeoutMs = 10_000): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(policy) });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !allowsHost(policy, host) && !allowsAddress(policy, host)) {
      callback(forbiddenAddress(host), null);
      return;
    }
    connect(options, callback);
  };
}

/** `fetch` that goes nowhere else, redirects included. Its promise rejects with a TypeError whose cause says which address was refused. */
export function guardedFetch(policy: NetworkPolicy): typeof globalThis.fetch {
  const dispatcher = new Agent({ connect: guardedConnector(policy) });
  return ((input: Parameters<typeof fetch>[0], init?: Parameters<typeof fetch>[1]) =>
    fetch(input, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
}

// All addresses of a name have to be allowed: which of them is connected to is not ours to choose.
function guardedLookup(policy: NetworkPolicy): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const refused = allowsHost(policy, hostname)
        ? undefined
        : addresses.find(({ address }) => !allowsAddress(policy, address));
      if (refused) return callback(forbiddenAddress(`${hostname} (${refused.address})`), '', 0);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      return callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}
