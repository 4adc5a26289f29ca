// The thread in which tasks of strangers are opened: it can be ended at any moment, and its memory is its own.
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { BancadaError, BancadaErrors, listTasks, loadTask, type Task } from '@bancada/core';
import type { OpeningOutcome, TaskFault, TaskFile } from './task-opener.ts';

parentPort?.on('message', async (asked: TaskFile) => {
  parentPort?.postMessage(await open(asked).catch(broken));
});
parentPort?.postMessage('ready');

async function open({ file, homes }: TaskFile): Promise<OpeningOutcome> {
  const entry = (await listTasks(homes)).find((one) => one.file === file);
  const about = { outputType: entry?.outputType ?? 'generate_until', dataset: entry?.dataset ?? '' };
  try {
    const task = await loadTask({ task: file }, { homes, baseDirectory: path.dirname(file), seed: 0 });
    return { status: 'opened', task: { ...about, retrieves: task.retrieves, metrics: metricsOf(task) } };
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    return { status: 'faulty', ...about, missingData: isMissingData(thrown), faults: faultsOf(thrown) };
  }
}

function metricsOf({ metrics }: Task): string[] {
  return [...new Set(metrics.map(({ metric }) => metric))];
}

// Data can be imported later; everything else is the text's fault.
function isMissingData({ code, detail }: BancadaError): boolean {
  return code === 'DATASET_EMPTY' || (code === 'UNKNOWN_NAME' && detail.key === 'dataset_path');
}

function faultsOf(error: BancadaError): TaskFault[] {
  const faults = error instanceof BancadaErrors ? error.issues : [error];
  return faults.map(({ message, detail }) => ({
    path: detail.key ?? '',
    message,
    // What JSON cannot hold, no answer could tell either.
    value: detail.value === undefined ? null : JSON.parse(JSON.stringify(detail.value) ?? 'null'),
    line: detail.line,
  }));
}

function broken(thrown: unknown): OpeningOutcome {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { status: 'broken', stack };
}
