// The import law of core: imports point back along the flow of data, and no files import each other in a circle.
import { posix } from 'node:path';
import { readFacts } from './source-file.ts';
import type { SourceText } from './source-tree.ts';

/** The parts of core/src in the order of the flow: a part may import its own files and those of earlier rows. */
export const order: readonly (readonly string[])[] = [
  ['errors'],
  ['statistics', 'schema-fault', 'bounded-regex', 'network'],
  ['yaml'],
  ['hardware', 'hub'],
  ['dataset'],
  ['prompt'],
  ['request'],
  ['engine'],
  ['model'],
  ['rag'],
  ['scorer'],
  ['metric'],
  ['task'],
  ['run'],
  ['store', 'exporter', 'comparison'],
  ['index'],
  ['cli'],
];

/** Parts that only the named ones may import, although the order alone would allow more. */
const knownOnlyTo: Readonly<Record<string, readonly string[]>> = { engine: ['model'] };

const base = 'core/src/';

/** Every breach of the law, one sentence each with file and line; empty when the law is held. */
export function importBreaches(files: readonly SourceText[]): string[] {
  const graph = new Map<string, string[]>();
  const breaches: string[] = [];
  for (const file of files) {
    const targets: string[] = [];
    for (const { specifier, line } of readFacts(file.path, file.text).references) {
      const breach = judge(file.path, specifier);
      if (breach !== undefined) breaches.push(`${file.path}:${line} ${breach}`);
      if (specifier.startsWith('.')) targets.push(posix.join(posix.dirname(file.path), specifier));
    }
    graph.set(file.path, targets);
  }
  return [...breaches, ...circles(graph).map((circle) => `circle: ${circle.join(' -> ')}`)];
}

/** The part that a file of core/src belongs to: its folder's name, or its own for a file at the top. */
function partOf(path: string): string {
  const [first = ''] = path.slice(base.length).split('/');
  return first.replace(/(\.test)?\.ts$/, '');
}

function rank(part: string): number {
  return order.findIndex((row) => row.includes(part));
}

function judge(path: string, specifier: string): string | undefined {
  const from = partOf(path);
  if (rank(from) < 0)
    return `is in "${from}", which has no place in the import order (${order.flat().join(', ')})`;
  if (!specifier.startsWith('.')) return undefined;
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith(base)) return isTest(path) ? undefined : `imports ${specifier}, outside core/src`;
  const to = partOf(target);
  if (to === from || target.endsWith('.json')) return undefined;
  if (rank(to) < 0) return `imports "${to}", which has no place in the import order`;
  if (isTest(path)) return undefined;
  const allowed = knownOnlyTo[to];
  if (allowed !== undefined && !allowed.includes(from))
    return `imports ${to}, known to ${allowed.join(', ')} alone`;
  if (rank(to) >= rank(from)) return `imports ${to}, which comes after ${from} in the flow`;
  return undefined;
}

/** Tests may stand on any part, since nothing stands on them. */
function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.includes('/fixture/');
}

/** The circles of a graph, each once, as the files along it with the first repeated at the end. */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      found.push([...trail.slice(start), file]);
      return;
    }
    if (finished.has(file)) return;
    trail.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    trail.pop();
    finished.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}
