// The choice of one evaluation of a run.
import { SelectField } from '../../component/field.tsx';
import type { Handler } from '../../component/handler.ts';
import { variantSuffix } from '../../run/headline.ts';
import type { RunEvaluation } from '../../run/run-query.ts';

/** Names each evaluation by model, task and variant. */
export const EvaluationChoice = (props: {
  id: string;
  label: string;
  evaluations: readonly RunEvaluation[];
  value: string;
  onChange$: Handler<HTMLSelectElement>;
}) => (
  <SelectField
    id={props.id}
    label={props.label}
    value={props.value}
    options={props.evaluations.map((evaluation) => ({
      value: evaluation.id,
      label: `${evaluation.model} · ${evaluation.task}${variantSuffix(evaluation.variant)}`,
    }))}
    onChange$={props.onChange$}
  />
);
