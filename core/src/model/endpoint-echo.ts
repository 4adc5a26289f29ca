// The log-probabilities of a given text, as a completions endpoint echoes them.
import { z } from 'zod';
import { EndpointFault, invalidResponse } from './endpoint-fault.ts';

const echoSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        logprobs: z
          .looseObject({
            tokens: z.array(z.string()),
            token_logprobs: z.array(z.number().nullable()),
            text_offset: z.array(z.int()).nullish(),
            top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
          })
          .nullish(),
      }),
    )
    .min(1),
});

type Logprobs = NonNullable<z.output<typeof echoSchema>['choices'][number]['logprobs']>;

/** A token of the text that was sent. */
export interface EchoedToken {
  /** Where it begins in that text, in Unicode code points; below 0 for a token that the server put before it. */
  readonly start: number;
  /** In nats; null when the server gives none, as for the first token of all, which follows nothing. */
  readonly logprob: number | null;
  /** Whether no token was likelier. */
  readonly isGreedy: boolean;
}

/** The body that asks for the log-probabilities of a text; one token is generated too, as many servers refuse none. */
export function echoBody(model: string, text: string): Record<string, unknown> {
  return { model, prompt: text, max_tokens: 1, temperature: 0, echo: true, logprobs: 1 };
}

/**
 * The tokens of `text` in the answer to {@link echoBody}, what was generated after it left out.
 * @throws EndpointFault `capability_missing` when the answer does not hold the log-probabilities of the text.
 */
export function readEcho(answer: unknown, text: string): EchoedToken[] {
  const parsed = echoSchema.safeParse(answer);
  const logprobs = parsed.data?.choices[0]?.logprobs;
  if (!logprobs) throw lacking('the endpoint gives no log-probabilities with echo');
  const { tokens, token_logprobs: values } = logprobs;
  if (tokens.length !== values.length)
    throw invalidResponse('as many tokens as log-probabilities were expected');
  const length = codePoints(text);
  const starts = startsInText(logprobs, text, length);
  if (starts === undefined) {
    throw lacking(
      'the endpoint gives the log-probabilities of what it generates only, not those of the text it is given',
    );
  }
  return tokens.flatMap((token, index) => {
    const start = starts[index] ?? length;
    if (start >= length) return [];
    const logprob = values[index] ?? null;
    if (logprob !== null && !(logprob <= 1e-6)) throw lacking(`${logprob} is no log-probability of a token`);
    const top = logprobs.top_logprobs?.[index];
    if (start >= 0 && logprob !== null && !top) {
      throw lacking('the endpoint does not tell which token is likeliest (top_logprobs)');
    }
    return [{ start, logprob, isGreedy: logprob !== null && isBest(token, logprob, top ?? {}) }];
  });
}

/** Length in Unicode code points, by which servers count. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Where each token begins in the text: by the tokens' own text when that adds up, by the server's offsets otherwise (half characters). */
function startsInText(
  { tokens, text_offset: offsets }: Logprobs,
  text: string,
  length: number,
): number[] | undefined {
  const joined = tokens.join('');
  const shift = joined.indexOf(text);
  // What stands before the text can only be a token that begins a document; the text must not lie in what was generated.
  if (shift >= 0 && (shift === 0 || startsAt(tokens, shift))) {
    let position = -codePoints(joined.slice(0, shift));
    return tokens.map((token) => {
      const start = position;
      position += codePoints(token);
      return start;
    });
  }
  const [first] = offsets ?? [];
  const last = offsets?.at(-1);
  if (!offsets || offsets.length !== tokens.length || first !== 0 || last === undefined) return undefined;
  const rising = offsets.every((offset, index) => index === 0 || offset >= (offsets[index - 1] ?? 0));
  return rising && last + codePoints(tokens.at(-1) ?? '') >= length && tokens.length > 1
    ? [...offsets]
    : undefined;
}

function startsAt(tokens: readonly string[], shift: number): boolean {
  return tokens[0]?.length === shift;
}

/** A server may list the token itself beside a better one, or only the best. */
function isBest(token: string, logprob: number, top: Readonly<Record<string, number>>): boolean {
  const best = Math.max(...Object.values(top));
  return logprob >= best - 1e-9 || (token in top && (top[token] ?? Number.NEGATIVE_INFINITY) >= best);
}

function lacking(message: string): EndpointFault {
  return new EndpointFault(message, { reason: 'capability_missing', retryable: false });
}
