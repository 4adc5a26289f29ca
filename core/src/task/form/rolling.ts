// loglikelihood_rolling: the log-probability of the whole target.
import { asText } from '../field.ts';
import { type Form, type FormParts, scoreInput } from './form.ts';
import { scoredResult } from './multiple-choice.ts';

/** No context and no examples: the text alone (lm_eval/api/task.py construct_requests). */
export function rolling(parts: FormParts): Form {
  const { fields } = parts;
  const text: Form['target'] = (row, place) => asText(fields.target(row, place));
  return {
    target: text,
    requests: ({ row, place, id }) => [{ kind: 'loglikelihood_rolling', id: id(0), text: text(row, place) }],
    outcome: (row, place, results) => {
      const { loglikelihood } = scoredResult(results[0]);
      return scoreInput(
        parts,
        { type: 'loglikelihood_rolling', row, loglikelihood, text: text(row, place) },
        '',
      );
    },
  };
}
