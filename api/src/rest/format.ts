// The format of an answer: `?format=` first, then `Accept`.
import { z } from 'zod';
import { Problem } from './problem.ts';
import type { Exchange } from './route.ts';
import type { AnswerDoc } from './route-doc.ts';

/** Media types by format. */
export const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  jsonl: 'application/jsonl; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  markdown: 'text/markdown; charset=utf-8',
  'lm-eval': 'application/json',
  sqlite: 'application/vnd.sqlite3',
} as const;

/** A format's name. */
export type Format = keyof typeof mediaTypes;

/** One of `allowed`: what `?format=` names, else what `Accept` likes best, else the first. @throws Problem 400, 406, both with `allowed`. */
export function formatOf<Name extends Format>(
  { url, request }: Exchange,
  allowed: readonly [Name, ...Name[]],
): Name {
  const asked = url.searchParams.get('format');
  if (asked !== null) {
    const found = allowed.find((name) => name === asked);
    if (found === undefined) {
      throw new Problem(400, `format: "${asked}" is not one of ${allowed.join(', ')}`, { allowed });
    }
    return found;
  }
  const accept = request.headers.accept ?? '*/*';
  for (const type of byPreference(accept)) {
    const found = allowed.find((name) => fits(mediaTypes[name].split(';')[0] ?? '', type));
    if (found !== undefined) return found;
  }
  const types = allowed.map((name) => `${name} (${mediaTypes[name].split(';')[0]})`).join(', ');
  throw new Problem(406, `none of "${accept}" can be had; formats: ${types}`, { allowed });
}

// Media ranges, best first; those with q=0 are not wanted at all.
function byPreference(accept: string): string[] {
  return accept
    .split(',')
    .map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { type, quality: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ type }) => type);
}

function fits(type: string, range: string): boolean {
  return range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
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

/** The query of a download, for the OpenAPI document. */
export function downloadQuery(allowed: readonly Format[]): z.ZodObject {
  return z.object({
    format: z
      .enum(allowed)
      .optional()
      .describe(`Format of the answer; wins over \`Accept\`. Default: ${allowed[0]}.`),
    partial: z.enum(['true']).optional().describe('While the run is active: what is there already.'),
    ...(allowed.includes('csv')
      ? {
          delimiter: z
            .string()
            .length(1)
            .optional()
            .describe('CSV: one character, neither a quote nor a line end. Default: comma.'),
          bom: z.enum(['1', 'true']).optional().describe('CSV: begin with a byte order mark.'),
          escape: z
            .enum(['formula', 'none'])
            .optional()
            .describe("CSV: `formula` (default) puts ' before text that a spreadsheet would run."),
        }
      : {}),
  });
}

/** The answer of a download, for the OpenAPI document. */
export function downloadAnswer(description: string, allowed: readonly Format[]): AnswerDoc {
  const content = allowed.map((name) => {
    const type = mediaTypes[name];
    const kind = name === 'parquet' || name === 'sqlite' ? ('binary' as const) : ('text' as const);
    return [type.split(';')[0] ?? type, type === 'application/json' ? z.json() : kind] as const;
  });
  return {
    description,
    content: Object.fromEntries(content),
    headers: { 'content-disposition': 'A file name after the run' },
  };
}
