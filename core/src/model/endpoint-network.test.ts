// security: SSRF: what a policy does not allow is not asked, by a probe or by a run; a canary server tells whether anything arrived.
import { lookup } from 'node:dns/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allowsAddress, type NetworkPolicy } from '../network/network-policy.ts';
import { anthropic } from './anthropic.ts';
import { probeEndpoint } from './endpoint-probe.ts';
import { openLanguageModel, resolveModel } from './open.ts';
import { startTestEndpoint, type TestEndpoint } from './test-endpoint.ts';

const localName = await firstResolved(['ip6-localhost', 'localhost.localdomain', hostname()]);
const closed: NetworkPolicy = { allow: [], loopback: false };
let canary: TestEndpoint;
let port: string;

beforeAll(async () => {
  canary = await startTestEndpoint();
  port = new URL(canary.url).port;
});
beforeEach(() => {
  canary.seen.length = 0;
});
afterAll(() => canary.close());

const hosts = ['0x7f000001', '127.0.0.1', '[::ffff:127.0.0.1]', 'localhost', '169.254.169.254', '2130706433'];

describe('security: SSRF: endpoints', () => {
  it.each(hosts)('a probe of %s sends nothing', async (host) => {
    const base_url = `http://${host}:${port}/v1`;
    const probing = probeEndpoint({ base_url, model: 'toy', apiKey: 'sk-CANARY-1', network: closed });
    await expect(probing).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('BANCADA_ENDPOINT_ALLOW'),
    });
    expect(canary.seen).toEqual([]);
  });

  it.each(['openai-compatible', 'anthropic'])('a run of %s opens no connection', async (provider) => {
    for (const host of hosts) {
      const spec = { provider, base_url: `http://${host}:${port}/v1`, model: 'toy' };
      const context = { homes: [], baseDirectory: '.', secret: () => undefined, network: closed };
      const resolved = await resolveModel(spec, context);
      await expect(openLanguageModel(resolved)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(canary.connections()).toBe(0);
  });

  // A name of this machine that the text alone does not give away, as a rebinding name would be.
  it.skipIf(localName === undefined)('a name is judged by what it resolves to', async () => {
    const base_url = `http://${localName}:${port}/v1`;
    await expect(probeEndpoint({ base_url, model: 'toy', network: closed })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      detail: { value: expect.stringContaining(localName ?? '') },
    });
    expect(canary.connections()).toBe(0);
  });

  it('a redirect to loopback is not followed', async () => {
    const door = createServer((_request, response) => {
      response.writeHead(302, { location: `${canary.url}/models` }).end();
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.2', resolve));
    const base_url = `http://127.0.0.2:${(door.address() as AddressInfo).port}/v1`;
    const network: NetworkPolicy = { allow: ['127.0.0.2'], loopback: false };
    await expect(probeEndpoint({ base_url, network })).rejects.toThrow(/answered 302/);
    await expect(
      anthropic.probe?.(
        anthropic.options.parse({ base_url, model: '*' }),
        { name: 'm', baseDirectory: '.', secret: () => undefined, network },
        {},
      ),
    ).rejects.toThrow(/answered 302/);
    expect(canary.connections()).toBe(0);
    await new Promise((resolve) => door.close(resolve));
  });

  it('what is allowed is asked', async () => {
    const found = await probeEndpoint({ base_url: canary.url, network: { allow: [], loopback: true } });
    expect(found.model).toBe('toy');
    expect(canary.seen.length).toBeGreaterThan(0);
  });
});

async function firstResolved(names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const found = await lookup(name).catch(() => undefined);
    if (found && !allowsAddress({ allow: [], loopback: false }, found.address)) return name;
  }
  return undefined;
}
