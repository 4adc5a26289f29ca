// Secrets at rest: what goes in comes out, and nothing else does.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SecretBox } from './secret-box.ts';

const home = mkdtempSync(path.join(tmpdir(), 'bancada-secret-'));
afterAll(() => rmSync(home, { recursive: true }));

test('a text opens under the same key for the same purpose, and is not readable meanwhile', () => {
  const box = SecretBox.open(home, undefined);
  const sealed = box.seal('sk-CANARY-1', 'model:1');
  expect(sealed).not.toContain('CANARY');
  expect(box.seal('sk-CANARY-1', 'model:1')).not.toBe(sealed);
  expect(SecretBox.open(home, undefined).unseal(sealed, 'model:1')).toBe('sk-CANARY-1');
  expect(() => box.unseal(sealed, 'model:2')).toThrow(/does not open/);
  expect(() => SecretBox.open(home, 'another secret of 16').unseal(sealed, 'model:1')).toThrow(
    /does not open/,
  );
  expect(() => box.unseal(`${sealed.slice(0, -2)}AA`, 'model:1')).toThrow(/does not open/);
});

test('the key of a home is made once and belongs to its owner', () => {
  SecretBox.open(home, undefined);
  const file = path.join(home, 'secret.key');
  const before = readFileSync(file, 'utf8');
  SecretBox.open(home, undefined);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('a short secret is refused by name, without being shown', () => {
  expect(() => SecretBox.open(home, 'short')).toThrow(/BANCADA_SECRET.*at least 16/);
  expect(() => SecretBox.open(home, 'short')).not.toThrow(/short"/);
});
