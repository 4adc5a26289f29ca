// The typed face of @huggingface/jinja: its own declarations name files without endings, which Node's resolution does not find.
import * as engine from '@huggingface/jinja';
import type { RuntimeValue } from './python-text.ts';

/** A node of the syntax tree; the parts are read after looking at `type`. */
export interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly body?: readonly Node[];
  readonly operand?: Node;
  readonly filter?: Node;
  readonly test?: Node;
  readonly callee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly computed?: boolean;
  readonly args?: readonly Node[];
  readonly operator?: { readonly value: string };
  readonly left?: Node;
  readonly right?: Node;
}

/** Variables by name, with those of the parent behind them. */
export interface Environment {
  readonly variables: Map<string, RuntimeValue>;
  /** Converts a JavaScript value and declares it; a name can be declared once. */
  set(name: string, value: unknown): RuntimeValue;
}

/** Evaluates nodes. */
export interface Interpreter {
  run(program: Node): RuntimeValue;
  evaluate(node: Node | undefined, environment: Environment): RuntimeValue;
}

interface Tokens {
  readonly length: number;
}

interface Engine {
  readonly Environment: new (parent?: Environment) => Environment;
  readonly Interpreter: new (environment: Environment) => Interpreter;
  readonly tokenize: (source: string, options: { trim_blocks: boolean; lstrip_blocks: boolean }) => Tokens;
  readonly parse: (tokens: Tokens) => Node;
}

/** The engine's parts, used directly: its own `Template` always trims blocks, which the harness does not. */
export const {
  Environment: TemplateEnvironment,
  Interpreter: BaseInterpreter,
  tokenize,
  parse,
} = engine as unknown as Engine;
