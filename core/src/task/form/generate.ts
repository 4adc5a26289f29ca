// generate_until and chat: text until a stop string, filtered, then compared with the targets.
import type { Row } from '../../dataset/dataset.ts';
import { BancadaError } from '../../errors.ts';
import type { GenerateRequest, LanguageResult } from '../../request/request.ts';
import type { Score } from '../../scorer/scorer.ts';
import { asText } from '../field.ts';
import type { Form, FormParts } from './form.ts';

/** lm_eval/api/task.py construct_requests and process_results, generate_until. */
export function generate(parts: FormParts): Form {
  const { fields, scorers, pipelines, generation, repeats } = parts;
  const targets = (row: Row, place: string) =>
    targetsOf(fields.target(row, place), fields.choices?.(row, place), place);
  return {
    target: (row, place) => targets(row, place)[0] ?? '',
    requests: ({ prompts, id, index, repeat }) => {
      const [prompt = { type: 'text', text: '' } as const] = prompts();
      const { stop, maxTokens, sampling } = generation;
      return Array.from({ length: repeats }, (_, n): GenerateRequest => {
        const seed =
          sampling.temperature === 0 ? undefined : sampleSeed(parts.seed, index, repeat * repeats + n);
        return { kind: 'generate', id: id(n), prompt, stop, maxTokens, sampling: { ...sampling, seed } };
      });
    },
    outcome: (row, place, results, retrieved) => {
      const answers = results.map(generatedText);
      const right = targets(row, place);
      const filtered = pipelines.map(({ name, apply }) => ({ name, answer: apply(answers, row) }));
      const scores = filtered.flatMap(({ name, answer }) => {
        const input = { type: 'generate', row, answer, targets: right, retrieved } as const;
        return scorers.map(({ metric, score }): Score => {
          const { value, weight = 1 } = score(input);
          return { metric, filter: name, value, weight };
        });
      });
      return { scores, prediction: filtered[0]?.answer ?? '' };
    },
  };
}

/** With choices the target is the number of one; a list has several right answers. */
function targetsOf(target: unknown, choices: readonly string[] | undefined, place: string): string[] {
  if (choices === undefined) return [target].flat().map(asText);
  return [target].flat().map((index) => {
    const choice = typeof index === 'number' ? choices.at(index) : undefined;
    if (choice === undefined)
      throw new BancadaError('FIELD_MISSING', `${place}: the target is no choice`, {
        value: index,
        allowed: choices,
      });
    return choice;
  });
}

function generatedText(result: LanguageResult): string {
  if (result.status === 'ok' && result.kind === 'generate') return result.text;
  throw new BancadaError('INVALID_INPUT', 'a generated text is missing among the answers', {
    value: result.id,
  });
}

/** Another seed for every answer, the same in every run: 32-bit mixing (Steele et al., SplitMix). */
function sampleSeed(seed: number, index: number, draw: number): number {
  let mixed = (seed ^ Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
