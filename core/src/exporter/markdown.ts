// Exporter `markdown`: the run's aggregates as a table, and what is needed to repeat it.
import type { EvaluationRecord, MetricRecord, RunRecord } from '../run/record.ts';
import type { Exporter } from './exporter.ts';
import { readStoredRun } from './stored-run.ts';

/** Columns that say the same in every row are left out and told once above the table; task and model always stay. */
export const markdown: Exporter<string> = {
  description: 'Markdown: table of metrics with n, score and interval, and provenance',
  mediaType: 'text/markdown',
  extension: '.md',
  async *export(reader, runId) {
    const { run, evaluations } = await readStoredRun(reader, runId);
    yield `# ${escaped(run.name)}\n\n`;
    const rows: Row[] = [];
    for (const evaluation of evaluations) {
      const metrics = await reader.metrics(evaluation.id);
      rows.push(...metrics.map((metric) => ({ evaluation, metric })));
    }
    for (const { title, kinds } of sections) {
      const shown = rows.filter(({ metric }) => kinds.includes(metric.kind));
      if (shown.length > 0) yield `## ${title}\n\n${[...table(shown)].join('')}\n`;
    }
    if (rows.length === 0) yield 'No metric was computed.\n\n';
    const names = new Map(evaluations.map((evaluation) => [evaluation.id, nameOf(evaluation)]));
    const notes = [
      ...evaluations.flatMap((evaluation) => failureOf(evaluation)),
      ...(await reader.warnings(runId)).map(
        ({ code, evaluationId, message }) => `${code} ${names.get(evaluationId) ?? ''}: ${message}`,
      ),
      ...(await reader.gates(runId)).map(
        ({ passed, message }) => `Gate ${passed ? 'passed' : 'missed'}: ${message}`,
      ),
    ];
    if (notes.length > 0) yield `## Notes\n\n${notes.map((note) => `- ${escaped(note)}\n`).join('')}\n`;
    yield '## Provenance\n\n';
    for (const [name, value] of provenance(run, evaluations)) yield `- ${name}: ${escaped(value)}\n`;
    const suite = suiteText(run);
    if (suite !== undefined) yield `\n## Suite\n\n${fenced(suite)}`;
  },
};

const sections: readonly { readonly title: string; readonly kinds: readonly MetricRecord['kind'][] }[] = [
  { title: 'Scores', kinds: ['score', 'retrieval'] },
  { title: 'Speed', kinds: ['speed'] },
  { title: 'Failures', kinds: ['failure'] },
];

interface Row {
  readonly evaluation: EvaluationRecord;
  readonly metric: MetricRecord;
}

interface Column {
  readonly name: string;
  /** Left out when every row says the same. */
  readonly optional: boolean;
  readonly numeric: boolean;
  readonly cell: (row: Row) => string;
}

const columns: readonly Column[] = [
  { name: 'task', optional: false, numeric: false, cell: ({ evaluation }) => evaluation.task },
  { name: 'model', optional: false, numeric: false, cell: ({ evaluation }) => evaluation.model },
  { name: 'variant', optional: true, numeric: false, cell: ({ evaluation }) => evaluation.variant },
  {
    name: 'few-shot',
    optional: true,
    numeric: true,
    cell: ({ evaluation }) => String(evaluation.numFewshot),
  },
  { name: 'metric', optional: false, numeric: false, cell: ({ metric }) => metric.metric },
  { name: 'filter', optional: true, numeric: false, cell: ({ metric }) => metric.filter },
  { name: 'n', optional: false, numeric: true, cell: ({ metric }) => String(metric.n) },
  { name: 'score', optional: false, numeric: true, cell: ({ metric }) => formatted(metric.value) },
  { name: 'stderr', optional: true, numeric: true, cell: ({ metric }) => formatted(metric.stderr) },
  { name: '95 % CI', optional: false, numeric: true, cell: ({ metric }) => interval(metric) },
  { name: 'interval', optional: true, numeric: false, cell: ({ metric }) => metric.method },
];

function* table(rows: readonly Row[]): Generator<string> {
  const [first] = rows;
  if (first === undefined) return;
  const constant = columns.filter(
    ({ optional, cell }) => optional && rows.every((row) => cell(row) === cell(first)),
  );
  if (constant.length > 0) {
    yield `In every row: ${constant.map(({ name, cell }) => `${name} ${escaped(cell(first))}`).join(' · ')}\n\n`;
  }
  const shown = columns.filter((column) => !constant.includes(column));
  yield line(shown.map(({ name }) => name));
  yield line(shown.map(({ numeric }) => (numeric ? '---:' : '---')));
  for (const row of rows) yield line(shown.map(({ cell }) => escaped(cell(row))));
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function interval({ ciLow, ciHigh }: MetricRecord): string {
  return ciLow === undefined || ciHigh === undefined ? '-' : `[${formatted(ciLow)}, ${formatted(ciHigh)}]`;
}

function formatted(value: number | undefined): string {
  if (value === undefined) return '-';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function nameOf({ task, model, variant }: EvaluationRecord): string {
  return `${task} / ${model} / ${variant}`;
}

function failureOf(evaluation: EvaluationRecord): string[] {
  return evaluation.error === undefined ? [] : [`${nameOf(evaluation)} could not run: ${evaluation.error}`];
}

function provenance(run: RunRecord, evaluations: readonly EvaluationRecord[]): [string, string][] {
  const models = new Map(
    evaluations.flatMap(({ modelInfo }) => (modelInfo ? [[modelInfo.name, modelInfo]] : [])),
  );
  const environment = run.snapshot.environment;
  return [
    ['Run', `${run.id} (${run.status})`],
    ['Created', run.createdAt],
    ...(run.finishedAt === undefined ? [] : [['Finished', run.finishedAt] satisfies [string, string]]),
    ['Fingerprint', run.fingerprint],
    ...[...models.values()].map((info): [string, string] => [
      `Model ${escaped(info.name)}`,
      [info.engine, info.uri, info.sha256 && `sha256 ${info.sha256}`].filter(Boolean).join(', '),
    ]),
    ...facts('', environment),
  ];
}

function suiteText({ snapshot: { suite } }: RunRecord): string | undefined {
  const text = typeof suite === 'object' && suite !== null && 'text' in suite ? suite.text : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** A code block whose fence is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml\n${text.trimEnd()}\n${fence}\n`;
}

/** Nested facts as dotted names with plain values. */
function facts(prefix: string, value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [[prefix, String(value)]];
  if (Array.isArray(value)) return value.flatMap((entry, index) => facts(`${prefix}[${index}]`, entry));
  return Object.entries(value).flatMap(([key, entry]) => facts(prefix ? `${prefix}.${key}` : key, entry));
}

/** Text that Markdown takes as it is, on one line. */
function escaped(text: string): string {
  return text.replace(/[\\|`*<]|\](?=[([])/g, '\\$&').replace(/\s+/g, ' ');
}
