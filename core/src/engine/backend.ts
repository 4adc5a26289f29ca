// What an inference library must offer to run inside the engine process.
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LoglikelihoodResult,
  ScoringRequest,
} from '../request/request.ts';
import type { Intake } from './intake.ts';

/** A request with the moment at which it entered the provider, in milliseconds of {@link monotonicNow}. */
export interface Entered<Request> {
  readonly request: Request;
  readonly enteredMs: number;
}

/** Facts about loaded weights that only the library knows. */
export interface BackendDescription {
  /** Package, version, build and device, e.g. `node-llama-cpp 3.22.1 (llama.cpp b6123, cpu)`. */
  readonly engine: string;
  readonly parameters?: number | undefined;
  /** Longest input in tokens. */
  readonly contextLength?: number | undefined;
  /** Whether the weights come with a chat template. */
  readonly chat: boolean;
  /** How many requests are answered side by side. */
  readonly parallel: number;
  /** Length of an embedding; undefined for other models. */
  readonly dimensions?: number | undefined;
}

/** The engine's side of one streaming call. */
export interface BackendCall<Result> {
  readonly signal: AbortSignal;
  /** Says which requests are being worked on, before they are. */
  readonly started: (ids: readonly string[]) => void;
  readonly emit: (result: Result | FailedResult) => void;
  /** Tells text as it is generated; undefined when nobody wants to hear. */
  readonly wrote?: ((id: string, piece: string) => void) | undefined;
}

/** A question with one answer. */
export type Question =
  | { readonly kind: 'embed'; readonly texts: readonly string[]; readonly role: 'query' | 'document' }
  | { readonly kind: 'count_tokens'; readonly texts: readonly string[] }
  | { readonly kind: 'rerank'; readonly query: string; readonly passages: readonly string[] };

/** Vectors for `embed`, numbers for the others, in the order of the texts. */
export type Answer = readonly Float32Array[] | readonly number[];

/** Loaded weights. Calls do not overlap: the engine runs one after the other. */
export interface Backend {
  readonly description: BackendDescription;
  generate(intake: Intake<Entered<GenerateRequest>>, call: BackendCall<GenerateResult>): Promise<void>;
  loglikelihood(
    intake: Intake<Entered<ScoringRequest>>,
    call: BackendCall<LoglikelihoodResult>,
  ): Promise<void>;
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** Milliseconds on the machine's monotonic clock, the same in parent and child. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
