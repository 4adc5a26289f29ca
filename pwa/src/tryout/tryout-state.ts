// What the playground has told so far, put together sample by sample.
import type { PlaygroundChunk } from './tryout-query.ts';

/** One sample as it is shown. */
export interface TriedSample {
  readonly index: number;
  readonly prompt: string;
  readonly target: string | undefined;
  readonly text: string;
  readonly state: 'waiting' | 'writing' | 'answered' | 'failed';
  readonly message: string | undefined;
  readonly prediction: string | undefined;
  readonly scores: PlaygroundChunk['scores'];
  readonly tokens: number | undefined;
  readonly seconds: number | undefined;
}

/** All of it. `fault`: why nothing can be answered at all. */
export interface Tryout {
  readonly state: 'idle' | 'running' | 'done' | 'stopped';
  readonly samples: readonly TriedSample[];
  readonly fault: string | undefined;
}

/** Nothing was tried yet. */
export const untried: Tryout = { state: 'idle', samples: [], fault: undefined };

/** The tryout after one more chunk. */
export function withChunk(tryout: Tryout, chunk: PlaygroundChunk): Tryout {
  const { index } = chunk;
  if (chunk.type === 'DONE') return { ...tryout, state: 'done' };
  if (index === null) return { ...tryout, fault: chunk.message ?? '' };
  if (chunk.type === 'PROMPT') return { ...tryout, samples: [...tryout.samples, fresh(index, chunk)] };
  return {
    ...tryout,
    samples: tryout.samples.map((sample) => (sample.index === index ? changed(sample, chunk) : sample)),
  };
}

function fresh(index: number, { prompt, target }: PlaygroundChunk): TriedSample {
  return {
    index,
    prompt: prompt ?? '',
    target: target ?? undefined,
    text: '',
    state: 'waiting',
    message: undefined,
    prediction: undefined,
    scores: [],
    tokens: undefined,
    seconds: undefined,
  };
}

function changed(sample: TriedSample, chunk: PlaygroundChunk): TriedSample {
  if (chunk.type === 'TEXT') return { ...sample, state: 'writing', text: sample.text + (chunk.text ?? '') };
  if (chunk.type === 'FAILED') return { ...sample, state: 'failed', message: chunk.message ?? '' };
  return {
    ...sample,
    state: 'answered',
    text: chunk.text ?? sample.text,
    prediction: chunk.prediction ?? undefined,
    scores: chunk.scores,
    tokens: chunk.outputTokens ?? undefined,
    seconds: chunk.e2eMs === null ? undefined : chunk.e2eMs / 1000,
  };
}
