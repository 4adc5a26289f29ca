// The format of an answer: `?format=` first, then `Accept`.
import { Problem } from './problem.ts';
import type { Exchange } from './route.ts';

/** Media types by format. */
export const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  jsonl: 'application/jsonl; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  sqlite: 'application/vnd.sqlite3',
} as const;

/** A format's name. */
export type Format = keyof typeof mediaTypes;

/** One of `allowed`, the first of them when nothing is asked for. @throws Problem 400, 406. */
export function formatOf<Name extends Format>(
  { url, request }: Exchange,
  allowed: readonly [Name, ...Name[]],
): Name {
  const asked = url.searchParams.get('format');
  if (asked !== null) {
    const found = allowed.find((name) => name === asked);
    if (found === undefined) throw new Problem(400, `format: "${asked}" is not one of ${allowed.join(', ')}`);
    return found;
  }
  const accept = request.headers.accept ?? '*/*';
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  for (const type of types) {
    if (type === '*/*') return allowed[0];
    const found = allowed.find((name) => mediaTypes[name].split(';')[0] === type);
    if (found !== undefined) return found;
  }
  throw new Problem(406, `none of ${accept} can be had; formats: ${allowed.join(', ')}`);
}

/** The choices of `?delimiter=;&bom=1&escape=none`. @throws Problem 400. */
export function csvOptions({ url }: Exchange): {
  readonly delimiter: string;
  readonly bom: boolean;
  readonly escape: 'formula' | 'none';
} {
  const delimiter = url.searchParams.get('delimiter') ?? ',';
  const mode = url.searchParams.get('escape') ?? 'formula';
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new Problem(400, 'delimiter: one character that is neither a quote nor a line end');
  }
  if (mode !== 'formula' && mode !== 'none') throw new Problem(400, 'escape: formula or none');
  return { delimiter, bom: ['1', 'true'].includes(url.searchParams.get('bom') ?? ''), escape: mode };
}
