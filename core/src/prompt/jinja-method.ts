// Methods of Python's strings and lists, and the harness's filters, that the template engine lacks or does otherwise.
import { replaceAll } from '../bounded-regex.ts';
import { pythonStr, type RuntimeValue } from './python-text.ts';

/** Arguments and result are plain JavaScript values. */
type Method = (self: RuntimeValue, args: readonly unknown[]) => unknown;

/** Called as `value.method(…)`; keyed by the value's type and the method's name. */
export const methods: Readonly<Record<string, Method>> = {
  'StringValue.join': (self, [parts]) => (parts as unknown[]).map(String).join(text(self)),
  'StringValue.find': (self, [part]) => codePointIndex(text(self), text(self).indexOf(String(part))),
  'StringValue.count': (self, [part]) => text(self).split(String(part)).length - 1,
  'StringValue.index': (self, [part]) =>
    known(codePointIndex(text(self), text(self).indexOf(String(part))), 'substring not found'),
  'StringValue.isdigit': (self) => /^\p{Nd}+$/u.test(text(self)),
  'StringValue.capitalize': (self) => capitalize(text(self)),
  'StringValue.splitlines': (self) =>
    text(self)
      .split(/\r\n|[\n\r\v\f]/)
      .filter((line, index, lines) => line !== '' || index < lines.length - 1),
  'StringValue.strip': (self, [set]) => strip(text(self), set, true, true),
  'StringValue.lstrip': (self, [set]) => strip(text(self), set, true, false),
  'StringValue.rstrip': (self, [set]) => strip(text(self), set, false, true),
  'ArrayValue.index': (self, [wanted]) =>
    known(
      items(self).findIndex(({ value }) => isEqual(value, wanted)),
      'is not in list',
    ),
  'ArrayValue.count': (self, [wanted]) => items(self).filter(({ value }) => isEqual(value, wanted)).length,
};

/** Used as `value | filter(…)`; `regex_replace` is the harness's own (lm_eval/utils.py). */
export const filters: Readonly<Record<string, Method>> = {
  capitalize: (self) => capitalize(pythonStr(self)),
  join: (self, [separator = '']) => parts(self).join(String(separator)),
  string: (self) => pythonStr(self),
  regex_replace: (self, [pattern, replacement, count = 0]) =>
    regexReplace(text(self), String(pattern), String(replacement), Number(count)),
};

/** `re.sub`: `\1` and `\g<1>` name groups. */
function regexReplace(subject: string, pattern: string, replacement: string, count: number): string {
  const regex = new RegExp(pattern.replaceAll('(?P<', '(?<'), 'gu');
  let done = 0;
  return replaceAll(regex, subject, (...match) => {
    if (count > 0 && done >= count) return String(match[0]);
    done += 1;
    return replacement.replace(/\\g<(\d+)>|\\(\d)/g, (_, long: string, short: string) =>
      String(match[Number(long ?? short)] ?? ''),
    );
  });
}

function strip(value: string, set: unknown, left: boolean, right: boolean): string {
  const has =
    typeof set === 'string'
      ? (character: string) => set.includes(character)
      : (character: string) => /\s/.test(character);
  const characters = [...value];
  let start = 0;
  let end = characters.length;
  while (left && start < end && has(characters[start] as string)) start += 1;
  while (right && end > start && has(characters[end - 1] as string)) end -= 1;
  return characters.slice(start, end).join('');
}

function capitalize(value: string): string {
  const [first = '', ...rest] = value;
  return first.toUpperCase() + rest.join('').toLowerCase();
}

/** Truth values are 0 and 1. */
function isEqual(a: unknown, b: unknown): boolean {
  return typeof a === 'boolean' || typeof b === 'boolean' ? Number(a) === Number(b) : a === b;
}

function parts(self: RuntimeValue): string[] {
  if (self.type === 'StringValue') return [...text(self)];
  if (Array.isArray(self.value)) return items(self).map(pythonStr);
  throw new Error(`cannot join ${self.type}`);
}

function text(self: RuntimeValue): string {
  return self.value as string;
}

function items(self: RuntimeValue): readonly RuntimeValue[] {
  return self.value as readonly RuntimeValue[];
}

function codePointIndex(value: string, index: number): number {
  return index < 0 ? index : [...value.slice(0, index)].length;
}

function known(index: number, message: string): number {
  if (index < 0) throw new Error(message);
  return index;
}
