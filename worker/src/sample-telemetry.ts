// What a batch of samples adds to the metrics, under names that the registries know.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EvaluationRecord, Retrieval, SampleRecord } from '@bancada/core';
import { TelemetryBatch } from '@bancada/prisma';
import type { PoolClient } from 'pg';

/** The labels of an evaluation: anything that is not registered goes under this one name, so that series stay few. */
export const unregistered = 'unregistered';

interface Cell {
  readonly task: string;
  readonly model: string;
}

// Evaluations of the last runs; a registration that comes later counts from the next evaluation on.
const mostCells = 1_000;

/** Counts the samples of one worker. */
export class SampleTelemetry {
  readonly #cells = new Map<string, Cell>();
  readonly #retrievals = new Map<string, TelemetryBatch>();
  readonly #homes: readonly string[];

  /** `homes`: a corpus that lies in one of them has a name that metrics may carry. */
  constructor(homes: readonly string[]) {
    this.#homes = homes;
  }

  /** Notes how long retrievals took; written with the next samples of the evaluation. */
  observe(record: EvaluationRecord, retrievals: readonly Retrieval[]): void {
    const batch = this.#retrievals.get(record.id) ?? new TelemetryBatch();
    this.#retrievals.set(record.id, batch);
    const index = this.#corpusOf(record);
    for (const { embedMs, searchMs } of retrievals) {
      // Lexical retrievers embed nothing.
      if (embedMs > 0) batch.observe('bancada_retrieval_duration_seconds', [index, 'embed'], embedMs / 1000);
      batch.observe('bancada_retrieval_duration_seconds', [index, 'search'], searchMs / 1000);
    }
  }

  /** Adds samples that were not stored before; in the transaction that stores them. */
  async add(client: PoolClient, evaluationId: string, samples: readonly SampleRecord[]): Promise<void> {
    if (samples.length === 0) return;
    const { task, model } = await this.#cell(client, evaluationId);
    const batch = this.#retrievals.get(evaluationId) ?? new TelemetryBatch();
    this.#retrievals.delete(evaluationId);
    const seconds = (values: readonly (number | undefined)[]) =>
      values.filter((value) => value !== undefined).map((value) => value / 1000);
    for (const { outcome, requests } of samples) {
      batch.add('bancada_samples_total', [task, model, outcome.status]);
      if (outcome.status === 'failed') batch.add('bancada_request_errors_total', [model, outcome.reason]);
      for (const { timing, tokens, attempts } of requests) {
        batch.observe('bancada_request_duration_seconds', [model], ...seconds([timing.e2eMs]));
        batch.observe('bancada_time_to_first_token_seconds', [model], ...seconds([timing.ttftMs]));
        batch.observe('bancada_inter_token_latency_seconds', [model], ...seconds(timing.interTokenMs ?? []));
        batch.add('bancada_tokens_total', [model, 'input'], tokens.prompt);
        batch.add('bancada_tokens_total', [model, 'output'], tokens.output);
        batch.add('bancada_request_errors_total', [model, 'retried'], attempts - 1);
      }
    }
    await batch.write(client);
  }

  #corpusOf({ parameters }: EvaluationRecord): string {
    const rag = parameters.rag as { readonly corpus?: { readonly name?: unknown } } | undefined;
    const name = rag?.corpus?.name;
    if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return unregistered;
    return this.#homes.some((home) => existsSync(path.join(home, 'corpora', name))) ? name : unregistered;
  }

  async #cell(client: PoolClient, evaluationId: string): Promise<Cell> {
    const known = this.#cells.get(evaluationId);
    if (known !== undefined) return known;
    const { rows } = await client.query<Cell>(
      `select case when exists (select 1 from "Task" t where t.name = e.task) then e.task else $2 end as task,
         case when exists (select 1 from "Model" m where m.name = e.model or m.name = split_part(e.model, ':', 1)
           and split_part(e.model, ':', 2) = any (m.variants)) then e.model else $2 end as model
       from "Evaluation" e where e.id = $1`,
      [evaluationId, unregistered],
    );
    const cell = rows[0] ?? { task: unregistered, model: unregistered };
    if (this.#cells.size >= mostCells) this.#cells.clear();
    this.#cells.set(evaluationId, cell);
    return cell;
  }
}
