// A suite's YAML as a form sees it: single fields read and written, everything else left as it is, comments and order too.
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** What the form shows; numbers as text, '' is "not given". */
export interface SuiteForm {
  readonly name: string;
  readonly description: string;
  /** Names; entries with options of their own are in `otherModels`. */
  readonly models: readonly string[];
  readonly otherModels: readonly string[];
  readonly tasks: readonly string[];
  readonly otherTasks: readonly string[];
  readonly limit: string;
  readonly repeat: string;
  readonly seed: string;
  readonly temperature: string;
  readonly maxTokens: string;
}

/** Undefined while the text is no mapping: then only the YAML can be edited. */
export function suiteForm(text: string): SuiteForm | undefined {
  const suite = documentOf(text);
  if (suite === undefined) return undefined;
  const at = (...path: readonly string[]) => shown(suite.getIn(path));
  const [models, otherModels] = named(suite, 'models', ['name', 'model', 'provider']);
  const [tasks, otherTasks] = named(suite, 'tasks', ['task']);
  return {
    name: at('name'),
    description: at('description'),
    models,
    otherModels,
    tasks,
    otherTasks,
    limit: at('limit'),
    repeat: at('repeat'),
    seed: at('seed'),
    temperature: at('generation', 'temperature'),
    maxTokens: at('generation', 'max_gen_toks'),
  };
}

/** The text with one field changed. '' takes the field out. */
export function withField(text: string, field: readonly string[], value: string): string {
  return changed(text, (suite) => {
    if (value.trim() !== '') {
      suite.setIn(field, typedValue(field, value));
      return;
    }
    suite.deleteIn(field);
    const part = suite.get(field[0]);
    if (field.length > 1 && isMap(part) && part.items.length === 0) suite.delete(field[0]);
  });
}

/** The text with a name added to `models` or `tasks`, or taken out; entries with options stay. */
export function withToggled(text: string, list: 'models' | 'tasks', name: string): string {
  return changed(text, (suite) => {
    const entries = suite.get(list);
    if (!isSeq(entries)) {
      suite.set(list, suite.createNode([name]));
      return;
    }
    const place = entries.items.findIndex((entry) => isScalar(entry) && entry.value === name);
    if (place < 0) entries.add(suite.createNode(name));
    else entries.delete(place);
  });
}

function changed(text: string, change: (suite: Document) => void): string {
  const suite = documentOf(text);
  if (suite === undefined) return text;
  change(suite);
  // As the writer lists: entries below their key, or a step to the right of it.
  const indentSeq = !/^( *)[^\s#-].*:[ \t]*\n\1- /m.test(text);
  return suite.toString({ lineWidth: 0, flowCollectionPadding: false, indentSeq });
}

/** Numbers are written as numbers; what is none is left to the validation. */
function typedValue(field: readonly string[], value: string): string | number {
  const number = Number(value);
  return ['name', 'description'].includes(field[0] ?? '') || !Number.isFinite(number) ? value : number;
}

function documentOf(text: string): Document | undefined {
  const document: Document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    document.contents = document.createNode({});
  return isMap(document.contents) ? document : undefined;
}

function named(suite: Document, list: string, keys: readonly string[]): [string[], string[]] {
  const entries = suite.get(list);
  const items = isSeq(entries) ? entries.items : [];
  const names = items.flatMap((entry) => (isScalar(entry) ? [shown(entry.value)] : []));
  const others = items.filter(isMap).map((entry) => shown(keys.map((key) => entry.get(key)).find(Boolean)));
  return [names, others];
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
