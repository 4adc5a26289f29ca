// The answers of the scripted provider: a JSONL file in memory, looked up by what is asked.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { BancadaError, toError } from '../errors.ts';

const lineSchema = z.union([
  z.strictObject({ prompt: z.string(), answer: z.string() }),
  z.strictObject({
    context: z.string(),
    continuation: z.string(),
    loglikelihood: z.number().max(0),
    is_greedy: z.boolean().default(false),
  }),
  z.strictObject({ text: z.string(), loglikelihood: z.number().max(0) }),
]);

/** A scripted log-probability. */
export interface ScriptedLoglikelihood {
  readonly loglikelihood: number;
  readonly isGreedy: boolean;
}

/** What the file says, and the hash of its bytes. */
export interface ScriptedAnswers {
  readonly answers: ReadonlyMap<string, string>;
  readonly loglikelihoods: ReadonlyMap<string, ScriptedLoglikelihood>;
  readonly sha256: string;
}

/**
 * Reads `{"prompt","answer"}`, `{"context","continuation","loglikelihood","is_greedy"}` and `{"text","loglikelihood"}`, one a line.
 * @throws BancadaError FILE_NOT_FOUND, FILE_INVALID with the line.
 */
export async function readScript(file: string): Promise<ScriptedAnswers> {
  const answers = new Map<string, string>();
  const loglikelihoods = new Map<string, ScriptedLoglikelihood>();
  const hash = createHash('sha256');
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      number += 1;
      hash.update(`${line}\n`);
      if (line.trim() === '') continue;
      const entry = readLine(line, file, number);
      if ('answer' in entry) answers.set(entry.prompt, entry.answer);
      else if ('text' in entry)
        loglikelihoods.set(entry.text, { loglikelihood: entry.loglikelihood, isGreedy: false });
      else {
        const { loglikelihood, is_greedy: isGreedy } = entry;
        loglikelihoods.set(pairKey(entry.context, entry.continuation), { loglikelihood, isGreedy });
      }
    }
  } catch (thrown) {
    if (thrown instanceof BancadaError) throw thrown;
    throw new BancadaError('FILE_NOT_FOUND', 'no such answer file, or it cannot be read', {
      file,
      cause: thrown,
    });
  }
  return { answers, loglikelihoods, sha256: hash.digest('hex') };
}

/** Under what a context and its continuation are looked up. */
export function pairKey(context: string, continuation: string): string {
  return `${context}\u0000${continuation}`;
}

/** A number in (-20, 0) that depends on the text alone (FNV-1a): scripted scores with no script. */
export function hashedLoglikelihood(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return -20 * (((hash >>> 0) + 1) / (2 ** 32 + 1));
}

function readLine(line: string, file: string, number: number): z.output<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (thrown) {
    throw new BancadaError('FILE_INVALID', 'not a scripted answer', {
      file,
      line: number,
      value: line,
      allowed: '{"prompt","answer"}, {"context","continuation","loglikelihood"} or {"text","loglikelihood"}',
      cause: toError(thrown),
    });
  }
}
