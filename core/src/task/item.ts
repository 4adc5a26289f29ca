// The items of a task: a walk over the evaluated split that draws every row's examples, whether the row is asked or not.
import type { Dataset, Row } from '../dataset/dataset.ts';
import type { RetrievedChunk } from '../rag/document.ts';
import type { LanguageRequest, LanguageResult } from '../request/request.ts';
import type { FewShotSampler } from './few-shot.ts';
import type { Field } from './field.ts';
import type { TaskFields } from './fields.ts';
import type { Form } from './form/form.ts';
import type { QuestionBuilder } from './question.ts';
import type { ItemOptions, ItemOutcome, TaskItem } from './task.ts';

/** What a walk needs. */
export interface WalkParts {
  readonly dataset: Dataset;
  readonly split: string;
  readonly fields: TaskFields;
  readonly form: Form;
  readonly builder: QuestionBuilder;
  /** A fresh sampler for each walk, so that each draws the same. */
  sampler(): Promise<FewShotSampler>;
}

/** Walks a split. */
export class ItemWalk {
  readonly #parts: WalkParts;

  constructor(parts: WalkParts) {
    this.#parts = parts;
  }

  /** Streams the items; the draws depend on a row's position alone. */
  async *items({
    limit = Number.POSITIVE_INFINITY,
    skip,
    signal,
  }: ItemOptions = {}): AsyncGenerator<TaskItem> {
    const { dataset, split } = this.#parts;
    const draw = await this.#parts.sampler();
    let index = 0;
    for await (const row of dataset.rows(split, signal)) {
      if (index >= limit) return;
      const shots = draw(row);
      if (!skip?.(index)) yield this.#item(index, row, shots);
      index += 1;
    }
  }

  /** Builds the requests of a row and forgets them. @throws what a run would meet at this row. */
  async tryRow(row: Row): Promise<void> {
    const draw = await this.#parts.sampler();
    const { form, fields } = this.#parts;
    const place = this.#place(0);
    form.target(row, place);
    for (const field of [fields.query, fields.id, fields.group, fields.relevant]) field?.(row, place);
    this.#item(0, row, draw(row)).requests(0, []);
  }

  #item(index: number, row: Row, shots: readonly Row[]): TaskItem {
    const { fields, form } = this.#parts;
    const place = this.#place(index);
    const read = <Value>(field: Field<Value> | undefined) => readOr(undefined, () => field?.(row, place));
    return {
      index,
      id: read(fields.id) ?? String(index),
      row,
      target: readOr('', () => form.target(row, place)),
      query: read(fields.query),
      relevantDocuments: read(fields.relevant) ?? [],
      group: read(fields.group),
      requests: (repeat, contexts) => this.#requests(index, row, shots, repeat, contexts),
      outcome: (results, contexts) => this.#outcome(row, place, results, contexts),
    };
  }

  #requests(
    index: number,
    row: Row,
    shots: readonly Row[],
    repeat: number,
    contexts: readonly RetrievedChunk[],
  ): LanguageRequest[] {
    const { form, builder } = this.#parts;
    const place = this.#place(index);
    form.target(row, place);
    const prompts = () => builder.prompts({ row, place, shots, contexts });
    return form.requests({ row, place, index, repeat, prompts, id: (n) => `${index}:${repeat}:${n}` });
  }

  #outcome(
    row: Row,
    place: string,
    results: readonly LanguageResult[],
    contexts: readonly RetrievedChunk[],
  ): ItemOutcome {
    return this.#parts.form.outcome(row, place, results, contexts);
  }

  #place(index: number): string {
    return `row ${index + 1} of split "${this.#parts.split}"`;
  }
}

/** A row that lacks a field fails when its requests are made, where the failure is counted; until then it is only poorer. */
function readOr<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
