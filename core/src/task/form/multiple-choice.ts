// multiple_choice: every choice's log-probability after the question, or after its own context.
import type { Row } from '../../dataset/dataset.ts';
import { BancadaError } from '../../errors.ts';
import type { LanguageResult, LoglikelihoodRequest } from '../../request/request.ts';
import type { ScoredChoice } from '../../scorer/scorer.ts';
import { asText } from '../field.ts';
import { type Asking, type Form, type FormParts, scoreInput } from './form.ts';

/** lm_eval/api/task.py construct_requests and process_results, multiple_choice. */
export function multipleChoice(parts: FormParts): Form {
  const { fields, choiceDelimiter, contextPerChoice, scorers } = parts;
  const unconditional = scorers.some(({ needsUnconditional }) => needsUnconditional);
  const choicesOf = (row: Row, place: string) => fields.choices?.(row, place) ?? [];
  const goldOf = (row: Row, place: string) => {
    const right = contextPerChoice ? fields.question(row, place) : fields.target(row, place);
    return goldIndices(right, choicesOf(row, place));
  };
  return {
    target: (row, place) =>
      goldOf(row, place)
        .map((index) => choicesOf(row, place)[index] ?? '')
        .join(' | '),
    requests: ({ row, place, prompts, id }: Asking) => {
      const choices = choicesOf(row, place);
      if (choices.length === 0)
        throw new BancadaError('FIELD_MISSING', `${place}: no choices`, { key: 'doc_to_choice' });
      const contexts = prompts();
      const ends = contextPerChoice ? contexts.map(() => asText(fields.target(row, place))) : choices;
      const requests = ends.map((end, n): LoglikelihoodRequest => {
        const context = contexts[contextPerChoice ? n : 0];
        return {
          kind: 'loglikelihood',
          id: id(n),
          context: context ?? emptyContext,
          continuation: choiceDelimiter + end,
        };
      });
      if (!unconditional) return requests;
      const bare = choices.map((choice, n): LoglikelihoodRequest => {
        return {
          kind: 'loglikelihood',
          id: id(choices.length + n),
          context: emptyContext,
          continuation: choiceDelimiter + choice,
        };
      });
      return [...requests, ...bare];
    },
    outcome: (row, place, results) => {
      const choices = choicesOf(row, place);
      const scored = choices.map((text, n): ScoredChoice => {
        const { loglikelihood, isGreedy } = scoredResult(results[n]);
        const after = results[choices.length + n];
        return { text, loglikelihood, isGreedy, unconditional: after && scoredResult(after).loglikelihood };
      });
      const best = scored.reduce((first, choice) =>
        choice.loglikelihood > first.loglikelihood ? choice : first,
      );
      return scoreInput(
        parts,
        { type: 'multiple_choice', row, choices: scored, gold: goldOf(row, place) },
        best.text,
      );
    },
  };
}

const emptyContext = { type: 'text', text: '' } as const;

/** Numbers are indices, texts are looked up among the choices; -1 for what is not there. */
function goldIndices(right: unknown, choices: readonly string[]): number[] {
  return [right].flat().map((one) => {
    const index = typeof one === 'string' ? choices.indexOf(one) : Number(one);
    return Number.isInteger(index) && index < choices.length ? index : -1;
  });
}

/** The answer to a scoring request. @throws BancadaError INVALID_INPUT for another kind. */
export function scoredResult(result: LanguageResult | undefined) {
  if (result?.status === 'ok' && result.kind === 'loglikelihood') return result;
  throw new BancadaError('INVALID_INPUT', 'a log-probability is missing among the answers', {
    value: result?.id,
  });
}
