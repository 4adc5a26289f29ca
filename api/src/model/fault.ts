// What core says of a model that is registered, probed or changed, as members of result unions.
import { BancadaError, BancadaErrors } from '@bancada/core';
import { ConflictError, ValidationError } from '../schema/error.ts';
import { apiKeyOf } from './endpoint-input.ts';

/** Runs it. @throws ConflictError for a name that is taken, ValidationError for everything else that core refuses. */
export async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    if (thrown.code === 'STORE_FAILED') throw thrown;
    if (thrown.code === 'DUPLICATE_NAME') throw new ConflictError(thrown.message);
    throw invalid(thrown);
  }
}

/** With the names of the API's fields. */
function invalid(thrown: BancadaError): ValidationError {
  const faults = thrown instanceof BancadaErrors ? thrown.issues : [thrown];
  return new ValidationError(
    faults.map(({ message, detail }) => {
      const path = apiKeyOf(detail.key ?? '');
      const words =
        detail.key !== undefined && message.startsWith(`${detail.key}: `)
          ? message.slice(detail.key.length + 2)
          : message;
      return { path, message: words, value: detail.value ?? null };
    }),
  );
}
