// A task file for the columns of a data set: what a person picks, as lm-evaluation-harness writes it.
import { Document, Scalar, visit } from 'yaml';
import { ValidationError, type ValidationIssue } from '../schema/error.ts';

/** How a task asks. */
type TaskForm = 'generate_until' | 'chat' | 'multiple_choice' | 'loglikelihood' | 'loglikelihood_rolling';

/** How the column of the right choice tells it. */
type ChoiceAnswer = 'index' | 'letter' | 'text';

/** Columns put to their uses. */
export interface TaskMapping {
  readonly task: string;
  readonly dataset: string;
  /** Stays at this version; undefined follows the newest. */
  readonly version?: number | undefined;
  readonly testSplit: string;
  readonly fewshotSplit?: string | undefined;
  readonly numFewshot: number;
  readonly form: TaskForm;
  /** Of the question; for `loglikelihood_rolling` of the text itself. */
  readonly question: string;
  readonly answer?: string | undefined;
  /** One column with a list, or one for each choice. */
  readonly choices: readonly string[];
  readonly choiceAnswer: ChoiceAnswer;
  /** Put before every prompt. */
  readonly description?: string | undefined;
  /** Tokens of an answer at most. */
  readonly maxTokens: number;
  /** Columns that the split has. */
  readonly columns: readonly string[];
}

/** @throws ValidationError naming the field, the column and what there is. */
export function taskText(mapping: TaskMapping): string {
  check(mapping);
  const { task, dataset, version, testSplit, fewshotSplit, numFewshot, form, description } = mapping;
  const shots = numFewshot > 0 && fewshotSplit !== undefined;
  const head = {
    task,
    dataset_path: version === undefined ? dataset : `${dataset}@${version}`,
    output_type: form,
    ...(shots && fewshotSplit !== testSplit && { training_split: fewshotSplit }),
    test_split: testSplit,
    ...(shots && { fewshot_split: fewshotSplit, num_fewshot: numFewshot }),
    ...(description && { description: `${description.trimEnd()}\n\n` }),
  };
  const document = new Document({ ...head, ...questionOf(mapping), metadata: { version: 1 } });
  visit(document, { Scalar: (_key, scalar) => quoteBlank(scalar) });
  return document.toString({ lineWidth: 0 });
}

// A stop at the end of a line reads as "\n", not as a block of nothing.
function quoteBlank(scalar: Scalar): void {
  if (typeof scalar.value === 'string' && scalar.value.trim() === '') scalar.type = Scalar.QUOTE_DOUBLE;
}

const letters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];

function questionOf(mapping: TaskMapping): Record<string, unknown> {
  const { form, question, answer = '', choices, choiceAnswer, maxTokens } = mapping;
  const asked = `Question: {{${question}}}\nAnswer:`;
  if (form === 'loglikelihood_rolling') {
    return {
      doc_to_text: '',
      doc_to_target: `{{${question}}}`,
      metric_list: [
        metric('word_perplexity', 'weighted_perplexity', false),
        metric('byte_perplexity', 'weighted_perplexity', false),
        metric('bits_per_byte', 'bits_per_byte', false),
      ],
    };
  }
  if (form === 'multiple_choice') {
    const [list = ''] = choices;
    return {
      doc_to_text: asked,
      doc_to_choice: choices.length === 1 ? list : `{{[${choices.join(', ')}]}}`,
      doc_to_target:
        choiceAnswer === 'letter'
          ? `{{ ${JSON.stringify(letters)}.index(${answer}.strip().upper()) }}`
          : answer,
      metric_list: [metric('acc', 'mean', true), metric('acc_norm', 'mean', true)],
    };
  }
  if (form === 'loglikelihood') {
    return {
      doc_to_text: asked,
      doc_to_target: `{{${answer}}}`,
      metric_list: [metric('perplexity', 'perplexity', false), metric('acc', 'mean', true)],
    };
  }
  return {
    doc_to_text: form === 'chat' ? `{{${question}}}` : asked,
    doc_to_target: `{{${answer}}}`,
    generation_kwargs: {
      ...(form === 'generate_until' && { until: ['\n'] }),
      max_gen_toks: maxTokens,
      do_sample: false,
    },
    filter_list: [{ name: 'none', filter: [{ function: 'remove_whitespace' }, { function: 'take_first' }] }],
    metric_list: [{ ...metric('exact_match', 'mean', true), ignore_case: true }],
  };
}

function metric(name: string, aggregation: string, higherIsBetter: boolean): Record<string, unknown> {
  return { metric: name, aggregation, higher_is_better: higherIsBetter };
}

function check(mapping: TaskMapping): void {
  const { form, question, answer, choices, columns, numFewshot, fewshotSplit } = mapping;
  const issues: ValidationIssue[] = [];
  const requireColumn = (path: string, column: string | undefined) => {
    const fault = columnFault(column, columns);
    if (fault !== undefined) issues.push({ path, message: `${path}: ${fault}`, value: column ?? null });
  };
  requireColumn('question', question);
  if (form !== 'loglikelihood_rolling') requireColumn('answer', answer);
  if (form === 'multiple_choice') {
    if (choices.length === 0) requireColumn('choices', undefined);
    for (const column of choices) requireColumn('choices', column);
  }
  if (numFewshot > 0 && fewshotSplit === undefined) {
    const message = 'fewshotSplit: examples need a split to come from';
    issues.push({ path: 'fewshotSplit', message, value: null });
  }
  if (issues.length > 0) throw new ValidationError(issues);
}

function columnFault(column: string | undefined, columns: readonly string[]): string | undefined {
  const allowed = `allowed: ${columns.join(', ')}`;
  if (column === undefined || column === '') return `names no column; ${allowed}`;
  if (!columns.includes(column)) return `there is no column "${column}"; ${allowed}`;
  if (/^[A-Za-z_]\w*$/.test(column)) return undefined;
  return `a template cannot name the column "${column}"; rename it to letters, digits and "_" in the data`;
}
