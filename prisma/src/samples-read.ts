// Pages of a run's samples, in an order and with filters that indexes serve.
import type { Sample } from '../generated/client.ts';
import type { Sql } from './sql.ts';

/** Which samples. Every part narrows. */
export interface SampleFilter {
  readonly outcome?: 'OK' | 'FAILED' | 'CORRECT' | 'WRONG' | undefined;
  readonly task?: string | undefined;
  readonly model?: string | undefined;
  readonly variant?: string | undefined;
  /** Substring of input, target, prediction or item id, whatever the case. */
  readonly search?: string | undefined;
  readonly evaluationId?: string | undefined;
}

/** ITEM: by evaluation's position, item, repeat. SCORE: by the first score, failed samples lowest. LATENCY: by e2eMs. */
export interface SampleSort {
  readonly field: 'ITEM' | 'SCORE' | 'LATENCY';
  readonly direction: 'ASC' | 'DESC';
}

/** Identity of a sample within a run. */
export interface SampleKey {
  readonly evaluationId: string;
  readonly item: number;
  readonly repeat: number;
}

/** Where a page starts: the sample before its first. JSON-safe, so that a cursor can carry it. */
export interface SamplePosition extends SampleKey {
  /** Value of the sorted field. */
  readonly value: number;
}

/** A page. */
export interface SamplePage {
  readonly samples: readonly (Sample & { readonly position: SamplePosition })[];
  readonly hasNextPage: boolean;
}

/** The samples after a position, at most `first`. */
export async function listSamples(
  _sql: Sql,
  _runId: string,
  _options: {
    readonly filter?: SampleFilter;
    readonly sort?: SampleSort;
    readonly first: number;
    readonly after?: SamplePosition | undefined;
  },
): Promise<SamplePage> {
  throw new Error('not there yet');
}

/** How many samples pass the filter. Costs a scan: only when asked. */
export async function countSamples(_sql: Sql, _runId: string, _filter?: SampleFilter): Promise<number> {
  throw new Error('not there yet');
}
