// Names with letters beyond ASCII: Jinja takes them, the engine's tokenizer does not, so they pass through it in disguise.

const code = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const tokens =
  /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}_]*/gu;
const ascii = /^[\x20-\x7e]*$/;
const hidden = /_u([0-9a-f]+)_/g;

/** The template with such names spelt in ASCII. */
export function hideNames(source: string): string {
  if (ascii.test(source)) return source;
  return source.replace(code, (part) =>
    part.replace(tokens, (token) => (ascii.test(token) || /^['"]/.test(token) ? token : hide(token))),
  );
}

/** The name as the template had it. */
export function shownName(name: string): string {
  return name.includes('_u')
    ? name.replace(hidden, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)))
    : name;
}

function hide(name: string): string {
  return name.replace(/[^\x20-\x7e]/gu, (character) => `_u${character.codePointAt(0)?.toString(16)}_`);
}
