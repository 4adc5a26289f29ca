// Scorer `bits_per_byte`: the text's log-probability over its bytes, in bits.
import { z } from 'zod';
import { expectInput } from './expect-input.ts';
import type { ScorerPlugin } from './scorer.ts';

/** Nats; the weight is the text's number of UTF-8 bytes. */
export const bitsPerByte: ScorerPlugin<object> = {
  description: 'Bits that the model needs per UTF-8 byte',
  source: 'lm_eval/api/task.py process_results',
  options: z.object({}),
  outputTypes: ['loglikelihood_rolling'],
  aggregation: 'bits_per_byte',
  higherIsBetter: false,
  create: () => (given) => {
    const input = expectInput('bits_per_byte', given, 'loglikelihood_rolling');
    return { value: input.loglikelihood, weight: Buffer.byteLength(input.text) };
  },
};
