// The messages between a process and the engine that it started.
import type { ErrorCode } from '../errors.ts';
import type {
  FailedResult,
  GenerateRequest,
  GenerateResult,
  LoglikelihoodResult,
  ScoringRequest,
} from '../request/request.ts';
import type { Answer, BackendDescription, Entered, Question } from './backend.ts';
import type { LlamaOptions } from './llama-options.ts';
import type { TransformersOptions } from './transformers-options.ts';

/** Which weights to load, and how. */
export type EngineSpec =
  | { readonly backend: 'llama-cpp'; readonly options: LlamaOptions }
  | { readonly backend: 'transformers'; readonly options: TransformersOptions };

/** The streaming operations by name. */
export interface Operations {
  readonly generate: { readonly request: GenerateRequest; readonly result: GenerateResult };
  readonly loglikelihood: { readonly request: ScoringRequest; readonly result: LoglikelihoodResult };
}

/** Process -> engine. `call` numbers the calls of one engine process. */
export type EngineInput =
  | { readonly type: 'open'; readonly spec: EngineSpec }
  | {
      readonly type: 'begin';
      readonly call: number;
      readonly operation: keyof Operations;
      readonly tellsText: boolean;
    }
  | {
      readonly type: 'requests';
      readonly call: number;
      readonly requests: readonly Entered<GenerateRequest | ScoringRequest>[];
    }
  | { readonly type: 'end'; readonly call: number }
  | { readonly type: 'abort'; readonly call: number }
  | { readonly type: 'ask'; readonly call: number; readonly question: Question }
  | { readonly type: 'close' };

/** Engine -> process. After `finished`, `answered` or `failed` nothing more comes for that call. */
export type EngineOutput =
  | { readonly type: 'opened'; readonly description: BackendDescription }
  | { readonly type: 'started'; readonly call: number; readonly ids: readonly string[] }
  | {
      readonly type: 'results';
      readonly call: number;
      readonly results: readonly (GenerateResult | LoglikelihoodResult | FailedResult)[];
    }
  | { readonly type: 'wrote'; readonly call: number; readonly id: string; readonly piece: string }
  | { readonly type: 'finished'; readonly call: number }
  | { readonly type: 'answered'; readonly call: number; readonly answer: Answer }
  | {
      readonly type: 'failed';
      /** Undefined: loading failed. */
      readonly call: number | undefined;
      readonly code: ErrorCode;
      readonly message: string;
    };
