// What a person picks to make a task, and a first guess from the names of the columns.

/** How the task asks. */
export const taskForms = [
  'GENERATE_UNTIL',
  'CHAT',
  'MULTIPLE_CHOICE',
  'LOGLIKELIHOOD',
  'LOGLIKELIHOOD_ROLLING',
] as const;

/** The picks. */
export interface TaskDraft {
  task: string;
  form: (typeof taskForms)[number];
  split: string;
  question: string;
  answer: string;
  /** Names of columns, parted by commas. */
  choices: string;
  choiceAnswer: 'INDEX' | 'LETTER' | 'TEXT';
  fewshotSplit: string;
  numFewshot: string;
  maxTokens: string;
  description: string;
}

/** A split as the page knows it. */
export interface DraftSplit {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Guesses by the usual names. */
export function firstDraft(dataset: string, splits: readonly DraftSplit[]): TaskDraft {
  const split =
    splits.find(({ name }) => name === 'test') ??
    splits.find(({ name }) => name === 'validation') ??
    splits[0];
  const columns = split?.columns ?? [];
  const named = (...words: readonly string[]) =>
    words.flatMap((word) => columns.find((column) => column.toLowerCase() === word) ?? [])[0];
  const choices = named('choices', 'options', 'endings');
  const letters = ['A', 'B', 'C', 'D'].filter((letter) => columns.includes(letter));
  const text = named('text', 'content', 'document', 'story');
  const question =
    named('question', 'query', 'prompt', 'input', 'instruction', 'problem') ?? text ?? columns[0] ?? '';
  const answer = named('answer', 'target', 'label', 'output', 'answerkey', 'gold', 'solution');
  const several = choices ?? (letters.length > 1 ? letters.join(', ') : '');
  return {
    task: `${dataset}-task`,
    form:
      several !== ''
        ? 'MULTIPLE_CHOICE'
        : answer === undefined && text !== undefined
          ? 'LOGLIKELIHOOD_ROLLING'
          : 'GENERATE_UNTIL',
    split: split?.name ?? '',
    question,
    answer: answer ?? columns.find((column) => column !== question) ?? '',
    choices: several,
    choiceAnswer: letters.length > 1 ? 'LETTER' : 'INDEX',
    fewshotSplit: splits.find(({ name }) => name === 'train')?.name ?? split?.name ?? '',
    numFewshot: '0',
    maxTokens: '64',
    description: '',
  };
}

/** The draft as the API takes it. */
export function taskInput(draft: TaskDraft, dataset: string) {
  const { task, form, split, question, choiceAnswer, description } = draft;
  const shots = Number.parseInt(draft.numFewshot, 10) || 0;
  return {
    task: task.trim(),
    dataset,
    split,
    form,
    question,
    answer: form === 'LOGLIKELIHOOD_ROLLING' ? null : draft.answer,
    choices:
      form === 'MULTIPLE_CHOICE'
        ? draft.choices
            .split(',')
            .map((column) => column.trim())
            .filter(Boolean)
        : null,
    choiceAnswer,
    fewshotSplit: shots > 0 ? draft.fewshotSplit : null,
    numFewshot: shots,
    maxTokens: Number.parseInt(draft.maxTokens, 10) || 64,
    description: description.trim() || null,
  };
}
