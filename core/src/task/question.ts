// From a row and its examples to the prompts that a model is given (lm_eval/api/task.py fewshot_context).
import type { Row } from '../dataset/dataset.ts';
import { BancadaError } from '../errors.ts';
import type { Template } from '../prompt/jinja.ts';
import type { Prompt } from '../prompt/message.ts';
import type { RetrievedChunk } from '../rag/document.ts';
import { asText } from './field.ts';
import type { QuestionFields, TaskFields } from './fields.ts';
import { exchange, joined, promptOf, type Turn, type TurnForm } from './turn.ts';

/** How a task puts its questions. */
export interface QuestionStyle {
  readonly form: TurnForm;
  readonly systemInstruction: string | undefined;
  /** One context per choice: the question is the number of a choice (winogrande). */
  readonly contextPerChoice: boolean;
  /** What retrieved passages are put in. */
  readonly ragPrompt: Template | undefined;
}

/** One row as it is asked. */
export interface Asked {
  readonly row: Row;
  /** Names the row in errors. */
  readonly place: string;
  readonly shots: readonly Row[];
  readonly contexts: readonly RetrievedChunk[];
}

/** Builds the prompts: one, or one per choice. */
export class QuestionBuilder {
  readonly #fields: TaskFields;
  readonly #style: QuestionStyle;
  readonly #rendered = new WeakMap<Row, readonly Turn[]>();

  constructor(fields: TaskFields, style: QuestionStyle) {
    this.#fields = fields;
    this.#style = style;
  }

  /** @throws BancadaError FIELD_MISSING, TEMPLATE_FAILED. */
  prompts(asked: Asked): Prompt[] {
    const before = [...this.#system(asked), ...asked.shots.flatMap((shot) => this.#shot(shot))];
    const { form } = this.#style;
    return this.#questions(asked).map((turns) => promptOf([...before, ...turns], form));
  }

  #system({ row, place }: Asked): Turn[] {
    const description = this.#fields.description(row, place);
    const content = joined(this.#style.systemInstruction, description, this.#fields.fewshotDelimiter);
    return content === '' ? [] : [{ role: 'system', content, delimiter: '' }];
  }

  /** An example's turns; rendered once, since the same row serves many questions. */
  #shot(row: Row): readonly Turn[] {
    const known = this.#rendered.get(row);
    if (known) return known;
    const turns = exampleTurns(row, this.#fields.example, this.#style.contextPerChoice);
    this.#rendered.set(row, turns);
    return turns;
  }

  #questions(asked: Asked): Turn[][] {
    const { row, place } = asked;
    const { question, choices, prefix, targetDelimiter } = this.#fields;
    const end = { prefix: prefix?.(row, place), fewshotDelimiter: '' };
    if (this.#style.contextPerChoice) {
      const texts = choices?.(row, place) ?? [];
      return texts.map((text) =>
        exchange({ ...end, question: this.#withPassages(text, asked), targetDelimiter: '' }),
      );
    }
    const text = this.#withPassages(asText(question(row, place)), asked);
    return [exchange({ ...end, question: text, targetDelimiter })];
  }

  #withPassages(prompt: string, { row, place, contexts }: Asked): string {
    if (contexts.length === 0) return prompt;
    if (this.#style.ragPrompt) return this.#style.ragPrompt.render({ ...row, contexts, prompt }, place);
    throw new BancadaError('INVALID_INPUT', 'the task names no prompt for retrieved passages', {
      key: 'bancada.rag.prompt',
    });
  }
}

function exampleTurns(row: Row, fields: QuestionFields, contextPerChoice: boolean): Turn[] {
  const place = 'few-shot example';
  const { targetDelimiter, fewshotDelimiter } = fields;
  const choices = fields.choices?.(row, place);
  const question = fields.question(row, place);
  const target = fields.target(row, place);
  const first = Array.isArray(target) ? target[0] : target;
  const chosen = typeof target === 'number' && choices && !contextPerChoice ? choices[target] : first;
  if (chosen === undefined) {
    throw new BancadaError('FIELD_MISSING', `${place}: the target is no choice`, {
      value: target,
      allowed: choices,
    });
  }
  return exchange({
    question:
      contextPerChoice && typeof question === 'number' ? (choices?.[question] ?? '') : asText(question),
    answer: asText(chosen),
    prefix: fields.prefix?.(row, place),
    targetDelimiter,
    fewshotDelimiter,
  });
}
