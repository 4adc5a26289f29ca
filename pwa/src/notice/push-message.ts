// A push message as the worker sends it: the words that are shown, and the page that opens.
import { languages } from '../i18n/language.ts';
import { noticeKinds, noticeTexts } from './notice-text.ts';
import { noticeWords } from './notice-words.ts';

/** What the service worker shows. */
export interface ShownMessage {
  readonly title: string;
  readonly body: string;
  /** Messages of one run replace each other. */
  readonly tag: string;
  /** Path of the page that a tap opens. */
  readonly path: string;
}

/** The message of a payload; one that cannot be read still says that something happened, as browsers demand. */
export function shownMessage(payload: string): ShownMessage {
  const told = parse(payload);
  const language = languages.find((one) => one === told.language) ?? 'en';
  const kind = noticeKinds.find((one) => one === told.kind);
  const subject = text(told.subject);
  const runId = text(told.runId);
  const title = kind === undefined ? 'Bancada' : `${noticeTexts[language][kind]}: ${subject}`;
  return {
    title,
    body: noticeWords({ kind: kind ?? '', detail: text(told.detail), parameters: told.parameters }, language),
    tag: runId || text(told.id) || 'bancada',
    path: /^[\w-]+$/.test(runId) ? `/runs/${runId}` : '/inbox',
  };
}

function parse(payload: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
