// What the hub's refusals mean to whoever asked.
import { HubApiError } from '@huggingface/hub';
import { BancadaError, toError } from '../errors.ts';
import type { HubRepository } from './repository.ts';

/** Runs a request of the hub's library. @throws BancadaError that names the repository and what to do. */
export async function asking<T>(
  repository: HubRepository,
  revision: string,
  request: () => Promise<T>,
): Promise<T> {
  try {
    return await request();
  } catch (thrown) {
    if (thrown instanceof BancadaError || toError(thrown).name === 'AbortError') throw thrown;
    if (thrown instanceof HubApiError) throw refused(repository, revision, thrown.statusCode, thrown);
    throw new BancadaError('ENDPOINT_FAILED', `the hub's answer makes no sense: ${toError(thrown).message}`, {
      key: 'repo',
      value: repository.name,
      cause: thrown,
    });
  }
}

/** The error for an answer that is not what was asked for. */
export function refused(
  { type, name }: HubRepository,
  revision: string,
  status: number,
  cause?: unknown,
): BancadaError {
  const kind = type === 'dataset' ? 'data set' : 'model';
  const value = `${name}@${revision}`;
  if (status === 401 || status === 403) {
    return new BancadaError('INVALID_INPUT', `the hub gives no access to this ${kind} (${status})`, {
      key: 'repo',
      value,
      hint: 'Check its name; for a private or gated one, accept its terms on its page and set HF_TOKEN',
      cause,
    });
  }
  if (status === 404) {
    return new BancadaError('UNKNOWN_NAME', `the hub has no such ${kind}, revision or file`, {
      key: 'repo',
      value,
      cause,
    });
  }
  const hint = status === 429 ? 'Too many requests: try again later, or set HF_TOKEN for a higher limit' : '';
  return new BancadaError('ENDPOINT_FAILED', `the hub answered ${status}`, {
    key: 'repo',
    value,
    hint: hint || undefined,
    cause,
  });
}
