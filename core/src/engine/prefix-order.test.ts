// Requests that share a prefix are visited together.
import { describe, expect, it } from 'vitest';
import { PrefixOrder, sharedLength } from './prefix-order.ts';

describe('PrefixOrder', () => {
  it('gives all jobs of one context together', () => {
    const order = new PrefixOrder<{ context: number[]; name: string }>();
    order.add({ context: [1, 2], name: 'a' });
    order.add({ context: [1, 3], name: 'b' });
    order.add({ context: [1, 2], name: 'c' });
    expect(order.takeNearest([1, 2, 9]).map((job) => job.name)).toEqual(['c', 'a']);
    expect(order.size).toBe(1);
  });

  it('goes on with what shares the longest prefix with what was read', () => {
    const order = new PrefixOrder<{ context: number[] }>();
    for (const context of [[5], [1, 2, 3, 9], [1, 2, 3, 4, 5], [1, 2], [7, 7]]) order.add({ context });
    const taken: number[][] = [];
    for (let read: readonly number[] = [1, 2, 3, 4]; order.size > 0; ) {
      const job = order.takeNearest(read)[0];
      if (job === undefined) break;
      taken.push(job.context);
      read = job.context;
    }
    expect(taken).toEqual([[1, 2, 3, 4, 5], [1, 2, 3, 9], [1, 2], [5], [7, 7]]);
  });

  it('reads no more tokens than the trie has edges, whatever the order of arrival', () => {
    const contexts = Array.from({ length: 200 }, (_, index) => [1, index % 3, index % 5, index % 7, index]);
    const order = new PrefixOrder<{ context: number[] }>();
    for (const context of contexts) order.add({ context });
    const edges = new Set(
      contexts.flatMap((context) => context.map((_, depth) => context.slice(0, depth + 1).join(' '))),
    );
    let read: readonly number[] = [];
    let tokens = 0;
    while (order.size > 0) {
      const { context } = order.takeNearest(read)[0] ?? { context: [] };
      tokens += context.length - sharedLength(read, context);
      read = context;
    }
    expect(tokens).toBe(edges.size);
  });
});
