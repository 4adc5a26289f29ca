// loglikelihood: the target's log-probability after the question.
import { asText } from '../field.ts';
import { type Form, type FormParts, scoreInput } from './form.ts';
import { scoredResult } from './multiple-choice.ts';

/** The target follows the context as it stands: no delimiter comes between them (lm_eval/api/task.py construct_requests). */
export function loglikelihood(parts: FormParts): Form {
  const { fields } = parts;
  const target: Form['target'] = (row, place) => asText(fields.target(row, place));
  return {
    target,
    requests: ({ row, place, prompts, id }) => {
      const [context = { type: 'text', text: '' } as const] = prompts();
      return [{ kind: 'loglikelihood', id: id(0), context, continuation: target(row, place) }];
    },
    outcome: (row, place, results) => {
      const { loglikelihood: value, isGreedy } = scoredResult(results[0]);
      const text = target(row, place);
      return scoreInput(
        parts,
        { type: 'loglikelihood', row, loglikelihood: value, isGreedy, target: text },
        isGreedy ? text : '',
      );
    },
  };
}
