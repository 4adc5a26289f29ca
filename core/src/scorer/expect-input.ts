// Hands a scorer the kind of input it can score, or says what it was given instead.
import { BancadaError } from '../errors.ts';
import type { ScorerInput } from './scorer.ts';

/** The input as one of the kinds the metric can score. @throws BancadaError INVALID_INPUT for another kind. */
export function expectInput<Type extends ScorerInput['type']>(
  metric: string,
  input: ScorerInput,
  ...types: readonly Type[]
): Extract<ScorerInput, { type: Type }> {
  if (isOneOf(input, types)) return input;
  throw new BancadaError('INVALID_INPUT', `metric ${metric} cannot score this output`, {
    value: input.type,
    allowed: types,
  });
}

function isOneOf<Type extends ScorerInput['type']>(
  input: ScorerInput,
  types: readonly Type[],
): input is Extract<ScorerInput, { type: Type }> {
  return types.some((type) => type === input.type);
}
