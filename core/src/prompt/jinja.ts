// Jinja templates as the evaluation harness renders them: no block trimming, the final newline kept, undefined names are errors.
import { BancadaError, nearestName, toError } from '../errors.ts';
import { type Node, parse, TemplateEnvironment, tokenize } from './jinja-engine.ts';
import { globalEnvironment, TemplateInterpreter, UndefinedName } from './jinja-interpreter.ts';
import { hideNames, shownName } from './jinja-name.ts';
import { inspect } from './jinja-syntax.ts';

/** A compiled template. */
export interface Template {
  readonly source: string;
  /** Names that it reads; loop variables among them. */
  readonly names: ReadonlySet<string>;
  /**
   * Fills the template in; bounded to one second and 16 Mi characters.
   * @param place said in front of an error's text, e.g. `row 12`.
   * @throws BancadaError FIELD_MISSING (a name that is not among the values, the nearest one suggested), TEMPLATE_FAILED.
   */
  render(values: Readonly<Record<string, unknown>>, place?: string): string;
}

/** How to compile. */
export interface TemplateOptions {
  /** Jinja's trim_blocks and lstrip_blocks; the final newline is then dropped, as transformers does. Default false. */
  readonly trim?: boolean | undefined;
  /** Undefined names print nothing. Default false. */
  readonly lenient?: boolean | undefined;
  /** Names besides the values. */
  readonly globals?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Compiles once; rendering costs microseconds.
 * @throws BancadaError TEMPLATE_FAILED with the parser's reason.
 */
export function compileTemplate(source: string, options: TemplateOptions = {}): Template {
  const { trim = false, lenient = false, globals } = options;
  const program = parseSource(source, trim);
  const facts = inspect(program);
  const names = [...facts.names].map((name) => [name, shownName(name)] as const);
  const shared = globalEnvironment(globals);
  const constant = constantText(program);
  return {
    source,
    names: new Set(names.map(([, shown]) => shown)),
    render(values, place) {
      if (constant !== undefined) return constant;
      const environment = new TemplateEnvironment(shared);
      environment.variables.delete('namespace');
      for (const [name, shown] of names)
        if (Object.hasOwn(values, shown)) environment.set(name, values[shown]);
      try {
        return String(new TemplateInterpreter(facts, !lenient, environment).run(program).value);
      } catch (thrown) {
        throw renderFault(thrown, source, values, place);
      }
    },
  };
}

function parseSource(source: string, trim: boolean): Node {
  const lines = hideNames(source.replace(/\r\n?/g, '\n'));
  const kept = !trim && lines.endsWith('\n') ? `${lines}\n` : lines;
  try {
    return parse(tokenize(kept, { trim_blocks: trim, lstrip_blocks: trim }));
  } catch (cause) {
    throw new BancadaError('TEMPLATE_FAILED', `template does not parse: ${toError(cause).message}`, {
      value: source,
      cause,
    });
  }
}

/** The whole text of a template without any expression. */
function constantText({ body = [] }: Node): string | undefined {
  if (!body.every((part) => part.type === 'StringLiteral')) return undefined;
  return body.map((part) => String(part.value)).join('');
}

function renderFault(
  thrown: unknown,
  source: string,
  values: Readonly<Record<string, unknown>>,
  place = '',
): Error {
  const before = place && `${place}: `;
  if (thrown instanceof UndefinedName) {
    const names = Object.keys(values);
    const variable = shownName(thrown.variable);
    const nearest = nearestName(variable, names);
    const suggestion = nearest && nearest !== variable ? `, did you mean "${nearest}"?` : '';
    const summary = `${before}"${variable}" is not there${suggestion}`;
    return new BancadaError('FIELD_MISSING', summary, { allowed: names, cause: thrown });
  }
  const { message } = toError(thrown);
  return new BancadaError('TEMPLATE_FAILED', `${before}template failed: ${message}`, {
    value: source,
    cause: thrown,
  });
}
