// What the worker reads from its environment, and what it says of a wrong value.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from './env.ts';

const DATABASE_URL = 'postgresql://someone:secret@localhost/bancada';

describe('readEnvironment', () => {
  it('has defaults for everything but the database', () => {
    const env = readEnvironment({ DATABASE_URL });
    expect(env).toMatchObject({ concurrency: 4, labels: [], logLevel: 'info' });
    expect(env.homes).toEqual([path.resolve(import.meta.dirname, '../../data')]);
  });

  it('searches the home before what is bundled', () => {
    const env = readEnvironment({
      DATABASE_URL,
      BANCADA_HOME: '/srv/home',
      BANCADA_WORKER_LABELS: 'gpu, big-memory',
    });
    expect(env.homes).toHaveLength(2);
    expect([env.homes[0], env.indexDirectory]).toEqual(['/srv/home', '/srv/home/indexes']);
    expect(env.labels).toEqual(['gpu', 'big-memory']);
  });

  it.each([
    ['BANCADA_WORKER_CONCURRENCY', '0', 'a whole number from 1 to 256'],
    ['BANCADA_WORKER_CONCURRENCY', 'many', 'a whole number from 1 to 256'],
    ['BANCADA_WORKER_LABELS', 'GPU!', 'names such as gpu,big-memory'],
    ['BANCADA_HUB_CACHE_MB', '-1', 'a whole number of mebibytes, 0 or more'],
    ['LOG_LEVEL', 'loud', 'fatal, error, warn, info, debug, trace or silent'],
  ])('names %s=%s and what is allowed', (key, value, allowed) => {
    const read = () => readEnvironment({ DATABASE_URL, [key]: value });
    expect(read).toThrow(key);
    expect(read).toThrow(value);
    expect(read).toThrow(allowed);
  });

  it('never shows the password of a database address', () => {
    const read = () => readEnvironment({ DATABASE_URL: 'mysql://someone:secret@localhost/bancada' });
    expect(read).toThrow('DATABASE_URL');
    expect(read).not.toThrow('secret@');
    expect(() => readEnvironment({})).toThrow('postgresql://user:password@host:port/database');
  });
});
