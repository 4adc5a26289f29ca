// Everything that a task reads from a row, compiled once.
import type { Row } from '../dataset/dataset.ts';
import { BancadaError, toError } from '../errors.ts';
import { locate } from '../yaml.ts';
import {
  type Columns,
  choiceField,
  type Field,
  questionField,
  rawField,
  type Target,
  targetField,
  textField,
} from './field.ts';
import { parseLiteral } from './python-literal.ts';
import type { TaskConfig } from './task-schema.ts';
import type { TaskSource } from './task-source.ts';

/** What makes up a question and its answer. */
export interface QuestionFields {
  readonly question: Field<string | number>;
  readonly target: Field<Target>;
  readonly choices: Field<readonly string[]> | undefined;
  /** Beginning of the answer. */
  readonly prefix: Field<string> | undefined;
  readonly targetDelimiter: string;
  readonly fewshotDelimiter: string;
}

/** All fields of a task. */
export interface TaskFields extends QuestionFields {
  readonly description: Field<string>;
  /** The same for the examples, where `fewshot_config` may say otherwise. */
  readonly example: QuestionFields;
  readonly id: Field<string> | undefined;
  readonly group: Field<string> | undefined;
  readonly query: Field<string> | undefined;
  readonly relevant: Field<readonly string[]> | undefined;
}

/**
 * Compiles the templates of a task.
 * @throws BancadaError TEMPLATE_FAILED with file, line and key; INVALID_INPUT when a needed key is missing.
 */
export function compileFields(source: TaskSource, columns: Columns): TaskFields {
  const { config } = source;
  const hasChoices = config.doc_to_choice !== undefined;
  const compile = <Value>(key: keyof TaskConfig, make: () => Field<Value>) =>
    named(key, located(source, key, make));
  const questions = (given: QuestionKeys): QuestionFields => {
    const { doc_to_text: text, doc_to_target: target, doc_to_choice: choice, gen_prefix: prefix } = given;
    return {
      question: compile('doc_to_text', () => questionField(text ?? '', columns, hasChoices)),
      target: compile('doc_to_target', () => targetField(target ?? '', columns, hasChoices)),
      choices:
        choice === undefined ? undefined : compile('doc_to_choice', () => choiceField(choice, columns)),
      prefix: prefix ? compile('gen_prefix', () => textField(prefix, columns)) : undefined,
      targetDelimiter: given.target_delimiter ?? ' ',
      fewshotDelimiter: given.fewshot_delimiter ?? '\n\n',
    };
  };
  const own = (key: string, text: string | undefined) =>
    text === undefined
      ? undefined
      : named(
          `bancada.${key}`,
          located(source, 'bancada', () => textField(text, columns)),
        );
  const { id, group, rag } = config.bancada ?? {};
  const relevant = rag?.relevant;
  return {
    ...questions(config),
    description: compile('description', () => textField(config.description ?? '', columns)),
    example: questions({ ...questionKeys(config), ...config.fewshot_config }),
    id: own('id', id),
    group: own('group', group),
    query: own('rag.query', rag?.query),
    relevant: relevant === undefined ? undefined : compile('bancada', () => listField(relevant, columns)),
  };
}

type QuestionKeys = Pick<
  TaskConfig,
  'doc_to_text' | 'doc_to_target' | 'doc_to_choice' | 'gen_prefix' | 'target_delimiter' | 'fewshot_delimiter'
>;

function questionKeys(config: TaskConfig): QuestionKeys {
  const { doc_to_text, doc_to_target, doc_to_choice, gen_prefix, target_delimiter, fewshot_delimiter } =
    config;
  return { doc_to_text, doc_to_target, doc_to_choice, gen_prefix, target_delimiter, fewshot_delimiter };
}

/** One id, a list of them, or a template that renders to either. */
function listField(source: string, columns: Columns): Field<readonly string[]> {
  const raw = rawField(source, columns);
  return (row: Row, place) => {
    const value = raw(row, place);
    const list = typeof value === 'string' && value.startsWith('[') ? parseLiteral(value) : value;
    return [list]
      .flat()
      .filter((id) => id !== '' && id !== null && id !== undefined)
      .map(String);
  };
}

/** What a row lacks is told with the key that asked for it. */
function named<Value>(key: string, field: Field<Value>): Field<Value> {
  return (row, place) => {
    try {
      return field(row, place);
    } catch (thrown) {
      throw thrown instanceof BancadaError ? thrown.at({ key }) : thrown;
    }
  };
}

function located<Value>(source: TaskSource, key: keyof TaskConfig, make: () => Value): Value {
  try {
    return make();
  } catch (thrown) {
    const { file, text } = source.place(key);
    const [summary = ''] = toError(thrown).message.split(' (given:');
    throw new BancadaError('TEMPLATE_FAILED', summary, {
      file,
      line: text === undefined ? undefined : locate(text, [key]),
      key,
      value: source.config[key],
      cause: thrown,
    });
  }
}
