// Every export format by its name on the command line.
import { csv } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { markdown } from './markdown.ts';

/** Exporters by name. */
export const exporters = { csv, json, jsonl, markdown } satisfies Record<string, Exporter>;

/** Name of an export format. */
export type ExporterName = keyof typeof exporters;
