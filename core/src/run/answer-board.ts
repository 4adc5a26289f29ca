// Which requests wait for an answer: results come in any order, items leave when their last one is there.
import { BancadaError } from '../errors.ts';
import type { LanguageResult } from '../request/request.ts';
import type { AskedItem } from './assemble-sample.ts';

/** An item with all its answers, in the order of its requests. */
export interface AnsweredItem {
  readonly asked: AskedItem;
  readonly results: readonly LanguageResult[];
}

interface WaitingItem {
  readonly asked: AskedItem;
  readonly results: LanguageResult[];
  missing: number;
}

/** Holds the items in flight of one evaluation; as many as the model has taken and not answered. */
export class AnswerBoard {
  readonly #places = new Map<string, { readonly waiting: WaitingItem; readonly position: number }>();

  /** Expects an answer to each request of the item (at least one). @throws BancadaError INVALID_INPUT when an id is in use. */
  expect(asked: AskedItem): void {
    const waiting = {
      asked,
      results: new Array<LanguageResult>(asked.requests.length),
      missing: asked.requests.length,
    };
    asked.requests.forEach(({ id }, position) => {
      if (this.#places.has(id)) {
        throw new BancadaError('INVALID_INPUT', 'two requests of an evaluation have the same id', {
          value: id,
        });
      }
      this.#places.set(id, { waiting, position });
    });
  }

  /** Takes a result; gives the item when it was the last one missing. @throws BancadaError INVALID_INPUT when nobody asked. */
  answer(result: LanguageResult): AnsweredItem | undefined {
    const place = this.#places.get(result.id);
    if (!place)
      throw new BancadaError('INVALID_INPUT', 'the model answered what nobody asked', { value: result.id });
    this.#places.delete(result.id);
    const { waiting, position } = place;
    waiting.results[position] = result;
    waiting.missing -= 1;
    return waiting.missing === 0 ? waiting : undefined;
  }

  /** Empties the board: the items that were not answered in full. */
  takeUnanswered(): AskedItem[] {
    const items = new Set([...this.#places.values()].map(({ waiting }) => waiting.asked));
    this.#places.clear();
    return [...items];
  }
}
