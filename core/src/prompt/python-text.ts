// How Python writes a value: `str()` and `repr()` over the template engine's runtime values.

/** A value of the template engine, known by its `type`. */
export interface RuntimeValue {
  readonly type: string;
  readonly value: unknown;
}

/** `str(value)`: what Jinja prints. */
export function pythonStr(value: RuntimeValue): string {
  return value.type === 'StringValue' ? (value.value as string) : pythonRepr(value);
}

/** `repr(value)`: how a value stands inside a printed list or mapping. */
export function pythonRepr(value: RuntimeValue): string {
  switch (value.type) {
    case 'StringValue':
      return quoted(value.value as string);
    case 'IntegerValue':
      return String(value.value);
    case 'FloatValue':
      return pythonFloat(value.value as number);
    case 'BooleanValue':
      return value.value ? 'True' : 'False';
    case 'NullValue':
      return 'None';
    case 'ArrayValue':
      return `[${entries(value).map(pythonRepr).join(', ')}]`;
    case 'TupleValue':
      return entries(value).length === 1
        ? `(${pythonRepr(entries(value)[0] as RuntimeValue)},)`
        : `(${entries(value).map(pythonRepr).join(', ')})`;
    case 'ObjectValue':
      return `{${[...(value.value as Map<string, RuntimeValue>)].map(([key, entry]) => `${quoted(key)}: ${pythonRepr(entry)}`).join(', ')}}`;
    case 'UndefinedValue':
      return '';
    default:
      return String(value);
  }
}

/** `repr` of a float: 1e16 and above, or below 1e-4, with an exponent of at least two digits. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

function entries(value: RuntimeValue): readonly RuntimeValue[] {
  return value.value as readonly RuntimeValue[];
}

/** Single quotes unless the text holds one and no double quote; control characters escaped. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(
    /[\\\n\r\t\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}\p{Co}\p{Cn}]|(?! )\p{Zs}/gu,
    escapeCharacter,
  );
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  const known = named[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}
