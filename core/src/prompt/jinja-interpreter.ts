// The template engine's interpreter with Jinja's own ways where they differ: undefined names, printing, methods, and a bound on time.
import { BaseInterpreter, type Environment, type Node, TemplateEnvironment } from './jinja-engine.ts';
import { filters, methods } from './jinja-method.ts';
import { filterName, type TemplateFacts } from './jinja-syntax.ts';
import { pythonStr, type RuntimeValue } from './python-text.ts';

/** A rendering that takes longer is stopped. */
export const maximalMilliseconds = 1000;
/** A rendering that prints more is stopped. */
const maximalCharacters = 16 * 1024 * 1024;
/** A list that a template makes is no longer. */
const maximalItems = 1_000_000;
/** jinja2.sandbox.MAX_RANGE. */
const maximalRange = 100_000;

/** A name or attribute that is not there was read. */
export class UndefinedName extends Error {
  readonly variable: string;

  constructor(variable: string) {
    super(`'${variable}' is undefined`);
    this.variable = variable;
  }
}

/** Evaluates one template. */
export class TemplateInterpreter extends BaseInterpreter {
  readonly #facts: TemplateFacts;
  readonly #strict: boolean;
  readonly #deadline: number;
  #steps = 0;
  #printed = 0;

  /** @param strict whether reading what is not defined is an error (Jinja's StrictUndefined). */
  constructor(facts: TemplateFacts, strict: boolean, environment: Environment) {
    super(environment);
    this.#facts = facts;
    this.#strict = strict;
    this.#deadline = performance.now() + maximalMilliseconds;
  }

  override evaluate(node: Node | undefined, environment: Environment): RuntimeValue {
    if (node === undefined) return super.evaluate(node, environment);
    this.#steps += 1;
    const mayTakeLong = node.type === 'CallExpression' || node.type === 'FilterExpression';
    if ((mayTakeLong || (this.#steps & 255) === 0) && performance.now() > this.#deadline) {
      throw new Error(`rendering took longer than ${maximalMilliseconds} ms`);
    }
    const value = this.#special(node, environment) ?? super.evaluate(node, environment);
    refuseTooLarge(value);
    if (value.type === 'UndefinedValue' && this.#strict && !this.#facts.tolerant.has(node))
      throw new UndefinedName(nameOf(node));
    return this.#facts.printed.has(node) ? this.#print(value, environment) : value;
  }

  #print(value: RuntimeValue, environment: Environment): RuntimeValue {
    const text = pythonStr(value);
    this.#printed += text.length;
    if (this.#printed > maximalCharacters)
      throw new Error(`rendering printed more than ${maximalCharacters} characters`);
    return value.type === 'StringValue' ? value : this.#literal(text, environment);
  }

  /** What the engine lacks; undefined for everything that it does well. */
  #special(node: Node, environment: Environment): RuntimeValue | undefined {
    if (node.type === 'CallExpression') return this.#callMethod(node, environment);
    if (node.type === 'FilterExpression') return this.#applyFilter(node, environment);
    if (node.type === 'BinaryExpression' && node.operator?.value === '~') {
      return this.#literal(
        pythonStr(this.evaluate(node.left, environment)) + pythonStr(this.evaluate(node.right, environment)),
        environment,
      );
    }
    return undefined;
  }

  #callMethod({ callee, args = [] }: Node, environment: Environment): RuntimeValue | undefined {
    if (
      callee?.type !== 'MemberExpression' ||
      callee.computed ||
      !methodNames.has(String(callee.property?.value))
    )
      return undefined;
    const self = this.evaluate(callee.object, environment);
    const method = methods[`${self.type}.${String(callee.property?.value)}`];
    return (
      method &&
      this.#value(
        method(
          self,
          args.map((arg) => plain(this.evaluate(arg, environment))),
        ),
        environment,
      )
    );
  }

  #applyFilter(node: Node, environment: Environment): RuntimeValue | undefined {
    const name = filterName(node);
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    if (!filter) return undefined;
    const args = node.filter?.args ?? [];
    if (args.some((arg) => arg.type === 'KeywordArgumentExpression')) return undefined;
    return this.#value(
      filter(
        this.evaluate(node.operand, environment),
        args.map((arg) => plain(this.evaluate(arg, environment))),
      ),
      environment,
    );
  }

  #literal(value: string, environment: Environment): RuntimeValue {
    return super.evaluate({ type: 'StringLiteral', value }, environment);
  }

  #value(value: unknown, environment: Environment): RuntimeValue {
    return typeof value === 'string'
      ? this.#literal(value, environment)
      : new TemplateEnvironment().set('value', value);
  }
}

/** The names that every template knows, besides the variables that it is given. */
export function globalEnvironment(extra: Readonly<Record<string, unknown>> = {}): Environment {
  const environment = new TemplateEnvironment();
  const names = {
    true: true,
    false: false,
    none: null,
    True: true,
    False: false,
    None: null,
    range: boundedRange,
    ...extra,
  };
  for (const [name, value] of Object.entries(names)) environment.set(name, value);
  return environment;
}

/** Doubling a value again and again must not fill the memory. */
function refuseTooLarge({ type, value }: RuntimeValue): void {
  if (type === 'StringValue' && (value as string).length > maximalCharacters)
    throw new Error(`a text of the template is longer than ${maximalCharacters} characters`);
  if (type === 'ArrayValue' && (value as unknown[]).length > maximalItems)
    throw new Error(`a list of the template is longer than ${maximalItems} items`);
}

const methodNames = new Set(Object.keys(methods).map((name) => name.slice(name.indexOf('.') + 1)));

function boundedRange(first: number, second?: number, step = 1): number[] {
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (step === 0 || !(length <= maximalRange))
    throw new Error(`range too big, the maximum size is ${maximalRange}`);
  return Array.from({ length }, (_, index) => start + index * step);
}

function plain({ value }: RuntimeValue): unknown {
  return Array.isArray(value) ? value.map((entry) => plain(entry as RuntimeValue)) : value;
}

function nameOf(node: Node): string {
  if (node.type === 'Identifier') return String(node.value);
  if (node.type !== 'MemberExpression') return 'expression';
  const object = node.object ? nameOf(node.object) : '';
  return node.computed
    ? `${object}[${String(node.property?.value ?? '…')}]`
    : `${object}.${String(node.property?.value)}`;
}
