// Snippets carry the filters and the token, and the shell leaves their quotes alone.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runFilterOf, runsSnippet, samplesSnippet } from './snippet.ts';

const open = { origin: 'http://localhost:4000', token: false };
const closed = { ...open, token: true };

test('the filters of the list become those of GraphQL', () => {
  expect(runFilterOf('?status=FAILED&q=fact&model=tiny&sort=name')).toEqual({
    status: ['FAILED'],
    search: 'fact',
    model: 'tiny',
  });
  expect(runFilterOf('')).toEqual({});
});

test('what the shell hands to curl is the body, a name with an apostrophe in it', () => {
  const snippet = runsSnippet('curl', open, "?q=it's");
  const shown = execFileSync('sh', ['-c', snippet.replace('curl -s', `printf '%s|'`)], { encoding: 'utf8' });
  const body = JSON.parse(shown.split('|').at(-2) ?? '') as { variables: unknown };
  expect(body.variables).toEqual({ filter: { search: "it's" } });
});

test('a token is asked for only where the system wants one', () => {
  for (const language of ['curl', 'python', 'r'] as const) {
    expect(runsSnippet(language, open, '')).not.toContain('BANCADA_TOKEN');
    expect(runsSnippet(language, closed, '')).toContain('BANCADA_TOKEN');
    expect(samplesSnippet(language, open, 'r1')).not.toContain('BANCADA_TOKEN');
    expect(samplesSnippet(language, closed, 'r1')).toContain('BANCADA_TOKEN');
  }
});
