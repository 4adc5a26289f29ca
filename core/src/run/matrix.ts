// The matrix of a suite: every combination of its lists, applied where each path points.
import { BancadaError, nearestName } from '../errors.ts';

/** One value of an axis. */
export type AxisValue = string | number | boolean | null;

/** One list of the matrix. */
export interface Axis {
  /** As written: `rag.retriever.k`, `generation.temperature`, `num_fewshot`. */
  readonly path: string;
  /** What it changes. */
  readonly target: 'rag' | 'generation' | 'task';
  /** The path within that, e.g. `['retriever', 'k']`. */
  readonly keys: readonly string[];
  /** Its name in a variant's brackets: the last part, or the whole path when two axes end alike. */
  readonly label: string;
  readonly values: readonly AxisValue[];
}

/** One value for each of some axes. */
export type Combination = readonly { readonly axis: Axis; readonly value: AxisValue }[];

/**
 * Reads the matrix of a suite.
 * @param taskKeys what may vary of a task; @param generationKeys what may vary of the generation.
 * @throws BancadaError INVALID_INPUT for a path that leads nowhere.
 */
export function readAxes(
  matrix: Readonly<Record<string, readonly AxisValue[]>>,
  taskKeys: readonly string[],
  generationKeys: readonly string[],
): Axis[] {
  const paths = Object.keys(matrix);
  const endings = paths.map((path) => path.split('.').at(-1));
  return Object.entries(matrix).map(([path, values]) => {
    const ending = path.split('.').at(-1) ?? path;
    const label = endings.filter((other) => other === ending).length > 1 ? path : ending;
    const [head = '', ...keys] = path.split('.');
    if (head === 'rag' && keys.length > 0) return { path, target: 'rag', keys, label, values };
    if (head === 'generation' && keys.length === 1 && generationKeys.includes(ending)) {
      return { path, target: 'generation', keys, label, values };
    }
    if (keys.length === 0 && taskKeys.includes(head))
      return { path, target: 'task', keys: [head], label, values };
    const allowed = [
      'rag.<key of a variant>',
      ...generationKeys.map((key) => `generation.${key}`),
      ...taskKeys,
    ];
    const nearest = nearestName(path, allowed);
    throw new BancadaError(
      'INVALID_INPUT',
      `this path leads nowhere${nearest ? `, did you mean "${nearest}"?` : ''}`,
      {
        key: `matrix.${path}`,
        allowed,
      },
    );
  });
}

/** Every combination, the last axis changing fastest; the empty one when there is no axis. */
export function combinations(axes: readonly Axis[]): Combination[] {
  return axes.reduce<Combination[]>(
    (found, axis) => found.flatMap((before) => axis.values.map((value) => [...before, { axis, value }])),
    [[]],
  );
}

/** `dense` with a combination of k = 5 is `dense[k=5]`. */
export function variantName(name: string, combination: Combination): string {
  const parts = combination.map(({ axis, value }) => `${axis.label}=${value}`);
  return parts.length === 0 ? name : `${name}[${parts.join(',')}]`;
}

/** A copy of `target` with the combination's values at their paths; a plain name on the way becomes `{name}`. */
export function withValues(
  target: Readonly<Record<string, unknown>>,
  combination: Combination,
): Record<string, unknown> {
  const copy = structuredClone(target) as Record<string, unknown>;
  for (const { axis, value } of combination) {
    let place = copy;
    for (const key of axis.keys.slice(0, -1)) {
      const inner = place[key];
      const next =
        typeof inner === 'object' && inner !== null
          ? inner
          : typeof inner === 'string'
            ? { name: inner }
            : {};
      place[key] = next;
      place = next as Record<string, unknown>;
    }
    const last = axis.keys.at(-1);
    if (last !== undefined) place[last] = value;
  }
  return copy;
}
