// Exporter `lm-eval`: the run's aggregates as lm-evaluation-harness writes its `results_*.json`.
import { unknownName } from '../errors.ts';
import type { EvaluationRecord, MetricRecord, RunRecord } from '../run/record.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { readStoredRun } from './stored-run.ts';

/**
 * The harness has one model a file: with one model and variant (the run's only ones, or chosen by `model` and `variant`) tasks
 * have their own names; else what differs is added: `gsm8k@bancada-tiny+dense`. Its readers part such a key from a score by `/`, so a
 * model's `/` becomes `__`.
 */
export const lmEval: Exporter<string> = {
  description: "lm-evaluation-harness's results JSON: scores with standard errors, configurations, versions",
  mediaType: 'application/json',
  extension: '.json',
  async *export(reader, runId, options = {}) {
    const { run, evaluations } = await readStoredRun(reader, runId);
    const entries: Entry[] = [];
    for (const { evaluation, name } of chosen(evaluations, options)) {
      entries.push({ name, evaluation, metrics: await reader.metrics(evaluation.id) });
    }
    yield `${withFloats(JSON.stringify(documentOf(run, entries), null, 2))}\n`;
  },
};

/** What the harness writes where it has no such thing. */
const notApplicable = 'N/A';

interface Entry {
  /** Key of the task in the file. */
  readonly name: string;
  readonly evaluation: EvaluationRecord;
  readonly metrics: readonly MetricRecord[];
}

function chosen(
  evaluations: readonly EvaluationRecord[],
  options: ExportOptions,
): { readonly evaluation: EvaluationRecord; readonly name: string }[] {
  const left = (['model', 'variant'] as const).reduce((rest, key) => {
    const wanted = options[key];
    if (wanted === undefined) return rest;
    const found = rest.filter((evaluation) => evaluation[key] === wanted);
    const known = [...new Set(rest.map((evaluation) => evaluation[key]))];
    if (found.length === 0) throw unknownName(key, wanted, known, { key });
    return found;
  }, evaluations);
  const several = (key: 'model' | 'variant') => new Set(left.map((evaluation) => evaluation[key])).size > 1;
  const [models, variants] = [several('model'), several('variant')];
  return left.map((evaluation) => ({
    evaluation,
    name:
      evaluation.task +
      (models ? `@${evaluation.model.replaceAll('/', '__')}` : '') +
      (variants ? `+${evaluation.variant}` : ''),
  }));
}

function documentOf(run: RunRecord, entries: readonly Entry[]) {
  const models = [...new Set(entries.map(({ evaluation }) => evaluation.model))];
  const info = entries.find(({ evaluation }) => evaluation.modelInfo !== undefined)?.evaluation.modelInfo;
  const seconds = (time: string) => Date.parse(time) / 1000;
  const byTask = <Value>(value: (entry: Entry) => Value) =>
    Object.fromEntries(entries.map((entry) => [entry.name, value(entry)]));
  const name = models.join(',');
  return {
    results: byTask(resultOf),
    group_subtasks: {},
    configs: byTask(configOf),
    versions: byTask(versionOf),
    'n-shot': byTask(({ evaluation }) => evaluation.numFewshot),
    higher_is_better: byTask(({ evaluation, metrics }) =>
      Object.fromEntries(
        [...evaluation.metrics, ...scoresOf(metrics)].map((one) => [one.metric, one.higherIsBetter]),
      ),
    ),
    'n-samples': byTask(sampleCounts),
    config: {
      model: models.length === 1 ? (info?.provider ?? null) : 'several',
      model_args: models.length === 1 ? modelArguments(info?.uri, info?.options) : '',
      ...(models.length === 1 && info?.parameters !== undefined && { model_num_parameters: info.parameters }),
      ...(models.length === 1 && info?.sha256 !== undefined && { model_sha: info.sha256 }),
      batch_size: null,
      batch_sizes: [],
      device: null,
      use_cache: null,
      limit: entries[0]?.evaluation.parameters.limit ?? null,
      bootstrap_iters: null,
      gen_kwargs: null,
      random_seed: seedOf(entries),
      numpy_seed: seedOf(entries),
      torch_seed: seedOf(entries),
      fewshot_seed: seedOf(entries),
    },
    git_hash: commitOf(run),
    date: seconds(run.createdAt),
    pretty_env_info: JSON.stringify(run.snapshot.environment ?? null),
    transformers_version: notApplicable,
    lm_eval_version: notApplicable,
    upper_git_hash: null,
    bancada: { run: run.id, name: run.name, status: run.status, fingerprint: run.fingerprint },
    task_hashes: byTask(({ evaluation }) => evaluation.fingerprint),
    model_source: info?.provider ?? null,
    model_name: name,
    model_name_sanitized: name.replaceAll(/["<>:/|\\?*[\]]+/g, '__'),
    system_instruction: null,
    system_instruction_sha: null,
    fewshot_as_multiturn: null,
    chat_template: null,
    chat_template_sha: null,
    total_evaluation_time_seconds:
      run.finishedAt === undefined ? null : String(seconds(run.finishedAt) - seconds(run.createdAt)),
  };
}

function scoresOf(metrics: readonly MetricRecord[]): readonly MetricRecord[] {
  return metrics.filter(({ kind }) => kind === 'score' || kind === 'retrieval');
}

function resultOf(entry: Entry): Record<string, string | number> {
  const { name, metrics } = entry;
  const values = scoresOf(metrics).flatMap(({ metric, filter, value, stderr }) => [
    [`${metric},${filter}`, value],
    [`${metric}_stderr,${filter}`, stderr ?? notApplicable],
  ]);
  return { name, alias: name, sample_len: sampleCounts(entry).effective, ...Object.fromEntries(values) };
}

/** Python reads `1` as a whole number, which its table does not round and a column of fractions does not take. */
function withFloats(json: string): string {
  return json.replaceAll(/^( {6}"[^"]+,[^"]+": -?\d+)(?=,?$)/gm, '$1.0');
}

// The harness writes its defaults out: its readers take each key as given.
function configOf({ evaluation }: Entry): Record<string, unknown> {
  const { task } = evaluation.parameters;
  return {
    task: evaluation.task,
    description: '',
    target_delimiter: ' ',
    fewshot_delimiter: '\n\n',
    should_decontaminate: false,
    ...(typeof task === 'object' ? task : {}),
    num_fewshot: evaluation.numFewshot,
    repeats: evaluation.repeats,
  };
}

// As the task file gives it: the harness leaves a number a number.
function versionOf(entry: Entry): unknown {
  const metadata = configOf(entry).metadata as { readonly version?: unknown } | undefined;
  return metadata?.version ?? entry.evaluation.parameters.taskVersion ?? null;
}

// `original` is the whole split where its size is known, else what was planned.
function sampleCounts({ evaluation, metrics }: Entry) {
  const planned = evaluation.planned === undefined ? undefined : evaluation.planned / evaluation.repeats;
  const effective = planned ?? Math.max(0, ...metrics.map(({ n }) => n));
  const dataset = evaluation.parameters.dataset as
    | { split?: string; splits?: readonly { name: string; rows?: number }[] }
    | undefined;
  const original = dataset?.splits?.find(({ name }) => name === dataset.split)?.rows;
  return { original: original ?? effective, effective };
}

function modelArguments(uri: string | undefined, options: Readonly<Record<string, unknown>> = {}): string {
  const parts = Object.entries(options)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([key, value]) => `${key}=${value}`);
  return [...(uri === undefined ? [] : [`pretrained=${uri}`]), ...parts].join(',');
}

function seedOf(entries: readonly Entry[]): number | null {
  const seed = entries[0]?.evaluation.parameters.seed;
  return typeof seed === 'number' ? seed : null;
}

function commitOf({ snapshot }: RunRecord): string | null {
  const environment = snapshot.environment as { readonly git?: { readonly commit?: string } } | undefined;
  return environment?.git?.commit ?? null;
}
