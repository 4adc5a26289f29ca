// A suite's YAML as a form sees it: single fields read and written, everything else left as it is.
import { dump, load } from 'js-yaml';

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

type Mapping = Record<string, unknown>;

/** Undefined while the text is no mapping: then only the YAML can be edited. */
export function suiteForm(text: string): SuiteForm | undefined {
  const suite = mappingOf(text);
  if (suite === undefined) return undefined;
  const generation = isMapping(suite['generation']) ? suite['generation'] : {};
  const [models, otherModels] = named(suite['models'], ['name', 'model', 'provider']);
  const [tasks, otherTasks] = named(suite['tasks'], ['task']);
  return {
    name: shown(suite['name']),
    description: shown(suite['description']),
    models,
    otherModels,
    tasks,
    otherTasks,
    limit: shown(suite['limit']),
    repeat: shown(suite['repeat']),
    seed: shown(suite['seed']),
    temperature: shown(generation['temperature']),
    maxTokens: shown(generation['max_gen_toks']),
  };
}

/** The text with one field changed; comments are lost, as the YAML is written anew. '' takes the field out. */
export function withField(text: string, field: readonly string[], value: string): string {
  return changed(text, (suite) => {
    const [first = '', second] = field;
    if (second === undefined) put(suite, first, value);
    else {
      const part = isMapping(suite[first]) ? { ...suite[first] } : {};
      put(part, second, value);
      if (Object.keys(part).length === 0) delete suite[first];
      else suite[first] = part;
    }
  });
}

/** The text with a name added to `models` or `tasks`, or taken out; entries with options stay. */
export function withToggled(text: string, list: 'models' | 'tasks', name: string): string {
  return changed(text, (suite) => {
    const entries: unknown[] = Array.isArray(suite[list]) ? suite[list] : [];
    suite[list] = entries.includes(name) ? entries.filter((entry) => entry !== name) : [...entries, name];
  });
}

function changed(text: string, change: (suite: Mapping) => void): string {
  const suite = mappingOf(text);
  if (suite === undefined) return text;
  change(suite);
  return dump(suite, { lineWidth: 100, flowLevel: 3, noRefs: true });
}

/** Numbers are written as numbers; what is none is left to the validation. */
function put(mapping: Mapping, key: string, value: string): void {
  const number = Number(value);
  const isText = ['name', 'description'].includes(key);
  if (value.trim() === '') delete mapping[key];
  else mapping[key] = isText || !Number.isFinite(number) ? value : number;
}

function mappingOf(text: string): Mapping | undefined {
  try {
    const value = load(text) ?? {};
    return isMapping(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function named(list: unknown, keys: readonly string[]): [string[], string[]] {
  const entries: unknown[] = Array.isArray(list) ? list : [];
  const names = entries.filter((entry) => typeof entry === 'string');
  const others = entries.filter(isMapping).map((entry) => shown(keys.map((key) => entry[key]).find(Boolean)));
  return [names, others];
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
