// The turns of a question with its examples, as plain text or as the messages of a chat (lm_eval/api/task.py build_qa_turn, api/utils.py).
import type { Message, Prompt } from '../prompt/message.ts';

/** One turn; `delimiter` follows it when the turns are joined to a text. */
export interface Turn extends Message {
  readonly delimiter: string;
}

/** A question with or without its answer. */
export interface Exchange {
  readonly question: string;
  readonly answer?: string | undefined;
  /** Beginning of the answer that the model is given. */
  readonly prefix?: string | undefined;
  readonly targetDelimiter: string;
  readonly fewshotDelimiter: string;
}

/** The user's turn, and the assistant's when there is an answer or a prefix. */
export function exchange({ question, answer, prefix, targetDelimiter, fewshotDelimiter }: Exchange): Turn[] {
  const answered = answer !== undefined && answer !== '';
  const delimited = prefix ? needsDelimiter(question, prefix) : answered;
  const user: Turn = { role: 'user', content: question, delimiter: delimited ? targetDelimiter : '' };
  if (answered)
    return [user, { role: 'assistant', content: joined(prefix, answer, ' '), delimiter: fewshotDelimiter }];
  return prefix ? [user, { role: 'assistant', content: prefix, delimiter: '' }] : [user];
}

/** Both parts with the delimiter between them unless one of them is empty or has white space there (maybe_delimit). */
export function joined(before: string | undefined, after: string | undefined, delimiter: string): string {
  if (!before) return after ?? '';
  if (!after) return before;
  return /\s$/.test(before) || /^\s/.test(after) ? before + after : before + delimiter + after;
}

/** How the turns are put. */
export type TurnForm = 'text' | 'multiturn' | 'singleturn';

/** The prompt; `singleturn` folds all turns of the user and the examples into one message (multiturn_to_singleturn). */
export function promptOf(turns: readonly Turn[], form: TurnForm): Prompt {
  if (form === 'text')
    return { type: 'text', text: turns.map((turn) => turn.content + turn.delimiter).join('') };
  if (form === 'multiturn') return { type: 'messages', messages: turns.map(message) };
  const system = turns[0]?.role === 'system' ? [turns[0]] : [];
  const last = turns.at(-1);
  const prefix = last?.role === 'assistant' ? [last] : [];
  const folded = turns.slice(system.length, turns.length - prefix.length);
  const content = folded
    .map((turn, index) => turn.content + (index === folded.length - 1 ? '' : turn.delimiter))
    .join('');
  return {
    type: 'messages',
    messages: [...system.map(message), { role: 'user', content }, ...prefix.map(message)],
  };
}

function message({ role, content }: Turn): Message {
  return { role, content };
}

function needsDelimiter(before: string, after: string): boolean {
  return before !== '' && !/\s$/.test(before) && !/^\s/.test(after);
}
