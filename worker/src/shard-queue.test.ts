// Local weights wait their turn on one machine; remote endpoints wait for nobody.
import type { PlannedEvaluation, ResolvedModel } from '@bancada/core';
import { describe, expect, it } from 'vitest';
import { placementOf } from './shard-queue.ts';

function planned(
  provider: ResolvedModel['provider'],
  options: ResolvedModel['options'] = {},
): PlannedEvaluation {
  const context = { name: 'm', baseDirectory: '/', secret: () => undefined };
  return {
    model: { name: 'm', kind: 'language', provider, options, context },
  } as unknown as PlannedEvaluation;
}

describe('placementOf', () => {
  it.each(['llama-cpp', 'transformers'] as const)('puts %s into the one queue of its machine', (provider) => {
    expect(placementOf(planned(provider), 'atlas')).toEqual({ queue: 'local/atlas', labels: ['node.atlas'] });
  });

  it('asks for a worker with a GPU when layers are to lie on one', () => {
    expect(placementOf(planned('llama-cpp', { gpu_layers: 20 }), 'atlas').labels).toEqual([
      'node.atlas',
      'gpu',
    ]);
    expect(placementOf(planned('llama-cpp', { gpu_layers: 0 }), 'atlas').labels).toEqual(['node.atlas']);
  });

  it('lets endpoints run side by side anywhere', () => {
    expect(placementOf(planned('openai-compatible'), 'atlas')).toEqual({ queue: undefined, labels: [] });
  });
});
