// What the API takes from its surroundings, and how it refuses the rest.
import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

const DATABASE_URL = 'postgresql://localhost/bancada';

test('defaults: loopback, port 4000, the bundled home', () => {
  const env = readEnv({ DATABASE_URL });
  expect(env).toMatchObject({ host: '127.0.0.1', port: 4000, logLevel: 'info', metricsToken: undefined });
  expect(env.homes).toHaveLength(1);
  expect(readEnv({ DATABASE_URL, BANCADA_HOME: '/tmp/home' }).homes).toEqual(['/tmp/home', ...env.homes]);
});

test('an address that others reach is refused while anybody could do anything', () => {
  expect(() => readEnv({ DATABASE_URL, HOST: '0.0.0.0' })).toThrow(/HOST.*0\.0\.0\.0.*BANCADA_ALLOW_OPEN=1/);
  expect(readEnv({ DATABASE_URL, HOST: '0.0.0.0', BANCADA_ALLOW_OPEN: '1' }).host).toBe('0.0.0.0');
  expect(readEnv({ DATABASE_URL, HOST: '0.0.0.0', BANCADA_AUTH: 'on' })).toMatchObject({
    host: '0.0.0.0',
    authEnabled: true,
    network: { loopback: false },
  });
});

test('names that the bench answers to: loopback alone, what the operator lists, anything where they guard it or people sign in', () => {
  expect(readEnv({ DATABASE_URL }).names).toEqual([]);
  expect(readEnv({ DATABASE_URL, BANCADA_HOSTS: 'Bench.lan, fd00:0::1,,10.0.0.5' }).names).toEqual([
    'bench.lan',
    '[fd00::1]',
    '10.0.0.5',
  ]);
  expect(readEnv({ DATABASE_URL, BANCADA_HOSTS: '*' }).names).toBeUndefined();
  expect(readEnv({ DATABASE_URL, BANCADA_ALLOW_OPEN: '1' }).names).toBeUndefined();
  expect(readEnv({ DATABASE_URL, BANCADA_ALLOW_OPEN: '1', BANCADA_HOSTS: 'api' }).names).toEqual(['api']);
  expect(readEnv({ DATABASE_URL, BANCADA_AUTH: 'on', BANCADA_HOSTS: 'api' }).names).toBeUndefined();
});

test.each([
  ['PORT', '70000'],
  ['BANCADA_HOSTS', 'bench.lan:4000'],
  ['BANCADA_HOSTS', 'http://bench.lan'],
  ['LOG_LEVEL', 'loud'],
  ['DATABASE_URL', 'mysql://x'],
  ['BANCADA_AUTH', 'maybe'],
  ['BANCADA_TRUSTED_PROXIES', 'proxy.lan'],
])('%s=%s stops the start with its name and value', (name, value) => {
  expect(() => readEnv({ DATABASE_URL, [name]: value })).toThrow(new RegExp(`${name}.*${value}`));
});

test('a database address that is wrong is shown without its password', () => {
  const DATABASE_URL = 'mysql://bench:hunter2@db.lan/bancada?sslpassword=hunter3';
  expect(() => readEnv({ DATABASE_URL })).toThrow(/DATABASE_URL.*mysql:\/\/bench:\*\*\*@db\.lan\/bancada/);
  expect(() => readEnv({ DATABASE_URL })).not.toThrow(/hunter/);
});

test('an empty variable is one that is not set', () => {
  expect(
    readEnv({ DATABASE_URL, METRICS_TOKEN: '', HF_TOKEN: '', BANCADA_SECRET: '', PORT: '' }),
  ).toMatchObject({
    port: 4000,
    metricsToken: undefined,
    huggingFace: { endpoint: 'https://huggingface.co', token: undefined },
  });
});
