// What may be reached, by address, by name and by redirect; a canary server tells whether anything arrived.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedFetch } from './guarded-connection.ts';
import { allowsAddress, checkAddress, type NetworkPolicy, wrongEntries } from './network-policy.ts';

const closed: NetworkPolicy = { allow: [], loopback: false };
const open: NetworkPolicy = { allow: [], loopback: true };

test.each([
  ['8.8.8.8', true],
  ['127.0.0.1', false],
  ['::1', false],
  ['10.0.0.8', false],
  ['172.16.4.4', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['2606:4700::1111', true],
])('security: SSRF: without consent, %s is allowed: %s', (address, allowed) => {
  expect(allowsAddress(closed, address)).toBe(allowed);
});

test('security: SSRF: the operator lists hosts and ranges', () => {
  const policy = { allow: ['10.1.0.0/16', 'gpu-box.lan'], loopback: false };
  expect(allowsAddress(policy, '10.1.2.3')).toBe(true);
  expect(allowsAddress(policy, '10.2.2.3')).toBe(false);
  expect(checkAddress(policy, 'http://gpu-box.lan:8000/v1', 'base_url').port).toBe('8000');
  expect(wrongEntries(['10.1.0.0/16', 'gpu-box.lan', '10.0.0.0/99', 'a b'])).toEqual(['10.0.0.0/99', 'a b']);
});

test.each([
  'http://0x7f000001/',
  'http://2130706433/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://localhost:1/',
  'http://localhost./',
  'file:///etc/passwd',
  'not an address',
])('security: SSRF: %s is refused with its key before anything is sent', (address) => {
  expect(() => checkAddress(closed, address, 'base_url')).toThrow(/^base_url: /);
});

let canary: Server;
let url: string;
let seen = 0;

beforeAll(async () => {
  canary = createServer((_request, response) => {
    seen += 1;
    response.end('seen');
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
});

afterAll(() => {
  canary.close();
});

test('security: SSRF: an address, and a name that resolves to it, are judged at the connection', async () => {
  const name = url.replace('127.0.0.1', 'localhost');
  for (const address of [url, name]) await expect(guardedFetch(closed)(address)).rejects.toThrow();
  expect(seen).toBe(0);
  expect(await (await guardedFetch(open)(url)).text()).toBe('seen');
  expect(await (await guardedFetch({ allow: ['localhost'], loopback: false })(name)).text()).toBe('seen');
});

test('security: SSRF: a redirect to loopback does not get round it', async () => {
  const door = createServer((_request, response) => response.writeHead(302, { location: url }).end());
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.2', resolve));
  const address = `http://127.0.0.2:${(door.address() as AddressInfo).port}/`;
  const before = seen;
  await expect(guardedFetch({ allow: ['127.0.0.2'], loopback: false })(address)).rejects.toThrow();
  expect(seen).toBe(before);
  door.close();
});
