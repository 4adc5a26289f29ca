// The data set behind a task: a registered one, or files that the task names.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Dataset } from '../dataset/dataset.ts';
import { openDataFiles, openDataset } from '../dataset/open.ts';
import { datasetSources } from '../dataset/registry.ts';
import { BancadaError } from '../errors.ts';
import { locate } from '../yaml.ts';
import type { TaskPlaces } from './task-index.ts';
import type { TaskSource } from './task-source.ts';

/**
 * Opens a task's data. `dataset_path` is the name of a data set, or `json`, `csv` or `parquet` with `dataset_kwargs.data_files`;
 * of a Hugging Face name (`allenai/ai2_arc` with `dataset_name`) the folder `ai2_arc-<dataset_name>` or `ai2_arc` is taken.
 * @throws BancadaError with the task file's line when nothing is found.
 */
export async function openTaskData(source: TaskSource, places: TaskPlaces): Promise<Dataset> {
  const { dataset_path: given, dataset_name: subset, dataset_kwargs: kwargs = {} } = source.config;
  if (given === undefined)
    throw new BancadaError('INVALID_INPUT', '"dataset_path" is missing', {
      file: source.file,
      key: 'dataset_path',
      allowed: 'the name of a data set, or json, csv or parquet with dataset_kwargs.data_files',
    });
  if (kwargs.data_files !== undefined) return openFiles(source, kwargs.data_files, places);
  const base = path.posix.basename(given);
  const candidates = subset === undefined ? [base] : [`${base}-${subset}`, base];
  for (const [index, name] of candidates.entries()) {
    const fault = await openDataset(referenceTo(name, places), places.homes).then(
      (dataset) => ({ dataset }),
      (error: unknown) => ({ error }),
    );
    if ('dataset' in fault) return fault.dataset;
    const missing = fault.error instanceof BancadaError && fault.error.code === 'UNKNOWN_NAME';
    if (!missing || index === candidates.length - 1)
      throw missing ? notFound(source, fault.error as BancadaError) : fault.error;
  }
  throw new BancadaError('UNKNOWN_NAME', 'no data set', { file: source.file, value: given });
}

function referenceTo(name: string, { datasetVersions = {} }: TaskPlaces): string {
  return Object.hasOwn(datasetVersions, name) ? `${name}@${datasetVersions[name]}` : name;
}

function notFound(source: TaskSource, error: BancadaError): BancadaError {
  const { file, text } = source.place('dataset_path');
  const [summary = ''] = error.message.split('; allowed:');
  return new BancadaError('UNKNOWN_NAME', summary, {
    ...error.detail,
    file,
    line: text === undefined ? undefined : locate(text, ['dataset_path']),
    key: 'dataset_path',
  });
}

type FileNames = string | readonly string[];

async function openFiles(
  source: TaskSource,
  data: FileNames | Readonly<Record<string, FileNames>>,
  places: TaskPlaces,
): Promise<Dataset> {
  const { dataset_path: format = '', dataset_kwargs: kwargs = {} } = source.config;
  const bySplit =
    typeof data === 'string' || Array.isArray(data)
      ? { train: data }
      : (data as Readonly<Record<string, FileNames>>);
  const files: Record<string, string[]> = {};
  for (const [split, names] of Object.entries(bySplit)) {
    files[split] = await Promise.all(
      [names]
        .flat()
        .map((name) => findFile(path.join(kwargs.data_dir ?? '', name as string), source, places)),
    );
  }
  return openDataFiles({
    name: source.config.task,
    files,
    format: Object.hasOwn(datasetSources, format) ? format : undefined,
    field: kwargs.field,
  });
}

/** Paths are relative to the task's file, else to the base directory. */
async function findFile(name: string, source: TaskSource, { baseDirectory }: TaskPlaces): Promise<string> {
  const { file, text } = source.place('dataset_kwargs');
  const candidates = [
    ...new Set([path.resolve(path.dirname(file), name), path.resolve(baseDirectory, name)]),
  ];
  for (const candidate of candidates) {
    if (
      await stat(candidate).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return candidate;
  }
  throw new BancadaError('FILE_NOT_FOUND', 'there is no such data file', {
    file,
    line: text === undefined ? undefined : locate(text, ['dataset_kwargs', 'data_files']),
    key: 'dataset_kwargs.data_files',
    value: name,
    hint: `Looked for ${candidates.join(' and ')}`,
  });
}
