// Python regular expressions, as task files hold them, turned into JavaScript's with the same matches.
import { BancadaError } from '../errors.ts';
import { pythonSpace } from './python-text.ts';

const word = '\\p{L}\\p{N}_';
const boundary = `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`;
const noBoundary = `(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`;

// What an escape means; those not named mean the same in both languages.
const meanings: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  a: '\\x07',
  w: `[${word}]`,
  W: `[^${word}]`,
  s: `[${pythonSpace}]`,
  S: `[^${pythonSpace}]`,
  b: boundary,
  B: noBoundary,
  A: '(?<![\\s\\S])',
  Z: '(?![\\s\\S])',
};
const syntax = /^[\^$\\.*+?()[\]{}|/]$/;
const reserved = /^[&!#%,:;<=>@`~-]$/;
const beforeEnd = '(?=\\n?(?![\\s\\S]))';

/**
 * The same matches as `re.compile(source)`, with flag `g` to find all: Unicode classes, `$` before a final newline,
 * inline flags, named groups, `\A` and `\Z`.
 * @throws BancadaError INVALID_INPUT when it is no regular expression, or needs what JavaScript lacks.
 */
export function pythonRegex(source: string): RegExp {
  const flags = /^\(\?([aimsu]+)\)/.exec(source)?.[1] ?? '';
  const body = flags === '' ? source : source.slice(flags.length + 3);
  try {
    return new RegExp(translate(body, flags), flags.includes('i') ? 'gvi' : 'gv');
  } catch (cause) {
    throw unusable(source, cause);
  }
}

function unusable(source: string, cause: unknown): BancadaError {
  return new BancadaError('INVALID_INPUT', 'not a regular expression that can be used', {
    value: source,
    allowed: 'a Python regular expression without flags x and L and without possessive quantifiers',
    cause,
  });
}

function translate(source: string, flags: string): string {
  let result = '';
  for (let at = 0; at < source.length; ) {
    const [length, text] = piece(source.slice(at), flags);
    result += text;
    at += length;
  }
  return result;
}

// The length of the next piece of the source, and what stands for it.
function piece(rest: string, flags: string): [number, string] {
  const first = rest[0] as string;
  if (first === '\\') return escapeSequence(rest);
  if (first === '[') return characterClass(rest);
  if (first === '.') return [1, flags.includes('s') ? '[\\s\\S]' : '[^\\n]'];
  if (first === '^' && flags.includes('m')) return [1, '(?<![^\\n])'];
  if (first === '$') return [1, flags.includes('m') ? '(?![^\\n])' : beforeEnd];
  if (first === '{') return quantifier(rest);
  if (first === '}' || first === ']') return [1, `\\${first}`];
  if (rest.startsWith('(?P<')) return [4, '(?<'];
  const reference = /^\(\?P=(\w+)\)/.exec(rest);
  if (reference) return [reference[0].length, `\\k<${reference[1]}>`];
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  return comment ? [comment[0].length, ''] : [1, first];
}

function escapeSequence(rest: string): [number, string] {
  const long = /^\\U([0-9a-fA-F]{8})/.exec(rest);
  if (long) return [10, `\\u{${long[1]}}`];
  const character = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  const escaped = /^[a-zA-Z0-9]$/.test(character) || syntax.test(character);
  return [1 + character.length, meanings[character] ?? (escaped ? `\\${character}` : character)];
}

function quantifier(rest: string): [number, string] {
  const match = /^\{(\d*)(,?)(\d*)\}/.exec(rest);
  if (!match || (match[1] === '' && match[3] === '')) return [1, '\\{'];
  return [match[0].length, `{${match[1] || '0'}${match[2]}${match[3]}}`];
}

function characterClass(rest: string): [number, string] {
  const opening = rest.startsWith('[^') ? '[^' : '[';
  let at = opening.length;
  let result = opening;
  while (at < rest.length && (rest[at] !== ']' || at === opening.length)) {
    const [length, text] = member(rest.slice(at));
    at += length;
    const [endLength, end] = rest[at] === '-' && at + 1 < rest.length ? member(rest.slice(at + 1)) : [0, ']'];
    const isRange = isSingle(text) && isSingle(end) && rest[at + 1] !== ']';
    result += isRange && endLength > 0 ? `${text}-${end}` : text;
    if (isRange && endLength > 0) at += 1 + endLength;
  }
  return [at + 1, rest[at] === ']' ? `${result}]` : result];
}

// One member of a character class: its length in the source and what stands for it.
function member(rest: string): [number, string] {
  if (rest.startsWith('\\b')) return [2, '\\x08'];
  const [length, text]: [number, string] =
    rest[0] === '\\' ? escapeSequence(rest) : plain(String.fromCodePoint(rest.codePointAt(0) ?? 0));
  return [length, reserved.test(text) ? `\\${text}` : text];
}

function plain(character: string): [number, string] {
  return [character.length, syntax.test(character) ? `\\${character}` : character];
}

// Whether a member is one character, so that it can end a range.
function isSingle(text: string): boolean {
  return !text.startsWith('[') && !/^\\[pP]/.test(text);
}
