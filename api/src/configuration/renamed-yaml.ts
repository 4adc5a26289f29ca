// Single keys of a YAML text: put under another name, comments and order kept, read, and named in words.
import { isMap, parseDocument } from 'yaml';

/** The text with the top-level key set; the text itself when it has that value already, or is no mapping. */
export function withKey(text: string, key: string, value: string): string {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return text;
  if (document.get(key) === value) return text;
  document.set(key, value);
  return String(document);
}

/** What stands at a top-level key when it is text. */
export function textAt(text: string, key: string): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  const value = document.errors.length === 0 && isMap(document.contents) ? document.get(key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** `tasks[1].num_fewshot` as `['tasks', 1, 'num_fewshot']`. */
export function keyParts(key: string): (string | number)[] {
  const names = key.split(/[.[\]]+/).filter(Boolean);
  return names.map((name) => (/^\d+$/.test(name) ? Number(name) : name));
}
