// Every export format by its name on the command line.
import { csv } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { lmEval } from './lm-eval.ts';
import { markdown } from './markdown.ts';
import { parquet } from './parquet.ts';

/** Exporters by name. */
export const exporters = {
  csv,
  json,
  jsonl,
  parquet,
  markdown,
  'lm-eval': lmEval,
} satisfies Record<string, Exporter>;

/** Name of an export format. */
export type ExporterName = keyof typeof exporters;
