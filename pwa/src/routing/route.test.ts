// Paths find their page, with the values of their parts.
import { expect, test } from 'vitest';
import { matchRoute, type Route } from './route.ts';

const load = async () => () => null;
const routes: readonly Route[] = [
  { path: '/', section: 'home', load },
  { path: '/runs', section: 'runs', load },
  { path: '/runs/:id/:tab?', section: 'runs', identity: ['id'], load },
  { path: '/runs/:id/samples/:sid', section: 'runs', load },
];
const found = (path: string) => {
  const match = matchRoute(routes, path);
  return match === undefined ? undefined : [match.route.path, match.params];
};

test.each([
  ['/', '/', {}],
  ['/runs', '/runs', {}],
  ['/runs/', '/runs', {}],
  ['/runs/a1', '/runs/:id/:tab?', { id: 'a1' }],
  ['/runs/a1/log', '/runs/:id/:tab?', { id: 'a1', tab: 'log' }],
  ['/runs/a1/samples/s%2F9', '/runs/:id/samples/:sid', { id: 'a1', sid: 's/9' }],
])('%s', (path, route, params) => {
  expect(found(path)).toEqual([route, params]);
});

test('an unknown path finds nothing', () => {
  expect(found('/nowhere')).toBeUndefined();
  expect(found('/runs/a/b/c/d')).toBeUndefined();
});

test('tabs of one run are one page, another run is another', () => {
  expect(matchRoute(routes, '/runs/a/log')?.key).toBe(matchRoute(routes, '/runs/a')?.key);
  expect(matchRoute(routes, '/runs/b')?.key).not.toBe(matchRoute(routes, '/runs/a')?.key);
});
