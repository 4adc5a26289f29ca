// In which of its dialects an endpoint speaks the protocol: learnt from what it refuses.
import type { EndpointFault } from './endpoint-fault.ts';

/** OpenAI's own limit on stop strings; other servers have none. */
const fewStops = 4;

/** What differs between servers. */
export interface DialectForms {
  /** Whether `stream_options` is understood, by which a stream ends with its token counts. */
  readonly usageInStream: boolean;
  readonly maxTokensKey: 'max_tokens' | 'max_completion_tokens';
  /** How many stop strings may be sent; the others are cut on this side alone. */
  readonly mostStops: number;
}

/** Starts with what most servers understand. */
export class EndpointDialect {
  #forms: DialectForms = {
    usageInStream: true,
    maxTokensKey: 'max_tokens',
    mostStops: Number.POSITIVE_INFINITY,
  };

  /** The forms to be used now; the same object until something is learnt. */
  get forms(): DialectForms {
    return this.#forms;
  }

  /** Whether the request is worth sending again in other forms; `used` are those that were refused. */
  learn(fault: EndpointFault, used: DialectForms): boolean {
    if (fault.detail.status !== 400 && fault.detail.status !== 422) return false;
    if (used !== this.#forms) return true;
    const refused = (parameter: RegExp): boolean => parameter.test(fault.message);
    if (used.maxTokensKey === 'max_tokens' && refused(/max_completion_tokens/)) {
      this.#forms = { ...used, maxTokensKey: 'max_completion_tokens' };
    } else if (used.usageInStream && refused(/stream_options|include_usage/)) {
      this.#forms = { ...used, usageInStream: false };
    } else if (used.mostStops > fewStops && refused(/\bstop\b/)) {
      this.#forms = { ...used, mostStops: fewStops };
    }
    return used !== this.#forms;
  }
}
