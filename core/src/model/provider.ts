// The plug-in that turns a model's options into a live model.
import type { ZodType } from 'zod';
import type { NetworkPolicy } from '../network/network-policy.ts';
import type { Embedder } from './embedder.ts';
import type { EndpointProbe, ProbeCall } from './endpoint-probe.ts';
import type { LanguageModel } from './language-model.ts';
import type { Reranker } from './reranker.ts';

/**
 * Looks up a secret by its name: an environment variable (`api_key_env`), or what the platform keeps (`api_key_secret`).
 * `address` is where it will be sent: a kept key opens for the address that it was registered with alone.
 */
export type SecretLookup = (
  name: string,
  address?: string,
) => string | undefined | Promise<string | undefined>;

/** What a provider may use besides its options. */
export interface ProviderContext {
  /** The name under which results are recorded. */
  readonly name: string;
  /** Folder against which relative files are resolved (the model's folder, or the suite's). */
  readonly baseDirectory: string;
  readonly secret: SecretLookup;
  /** Where requests may go; `unrestrictedNetwork` for whoever sits at the command line. */
  readonly network: NetworkPolicy;
}

/** One file and one line in `registry.ts`. Kinds that a provider cannot serve are absent. Each throws BancadaError MODEL_LOAD_FAILED, FILE_NOT_FOUND, ENDPOINT_FAILED. */
export interface ModelProvider<Options> {
  /** One sentence for `bancada ls providers`. */
  readonly description: string;
  /** Validates what stands in the suite or in model.yaml; unknown keys are errors. */
  readonly options: ZodType<Options>;
  /** The weights are loaded on the machine itself: one model at a time gives undisturbed timings. */
  readonly local?: boolean | undefined;
  language?(options: Options, context: ProviderContext): Promise<LanguageModel>;
  embedder?(options: Options, context: ProviderContext): Promise<Embedder>;
  reranker?(options: Options, context: ProviderContext): Promise<Reranker>;
  /** Asks an endpoint what it can do; absent where the weights are local. */
  probe?(options: Options, context: ProviderContext, call: ProbeCall): Promise<EndpointProbe>;
}
