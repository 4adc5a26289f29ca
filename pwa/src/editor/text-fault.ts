// What the server finds wrong with a text, as the editor shows it: the line apart, the path before the words.
import { type Issue, issueWords } from '../routes/new-run/issue-place.ts';
import type { TextFault } from './code-editor.tsx';

/** A fault of a text that was sent. */
export function textFault(issue: Issue & { readonly line: number | null }): TextFault {
  const { words } = issueWords(issue);
  return { line: issue.line, message: issue.path === '' ? words : `${issue.path}: ${words}` };
}
