// The thread in which templates of strangers are rendered: it can be ended at any moment, and its memory is its own.
import { parentPort } from 'node:worker_threads';
import { compileTemplate } from '@bancada/core';
import type { Rendered, RenderJob } from './template-renderer.ts';

parentPort?.on('message', ({ template, values }: RenderJob) =>
  parentPort?.postMessage(render(template, values)),
);
parentPort?.postMessage('ready');

function render(template: string, values: Readonly<Record<string, unknown>>): Rendered {
  try {
    return { status: 'ok', text: compileTemplate(template).render(values) };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { status: 'failed', message: (message.split(' (given:')[0] ?? '').replace(/; allowed: $/, '') };
  }
}
