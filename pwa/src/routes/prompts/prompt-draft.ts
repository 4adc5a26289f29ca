// A prompt that is being written: what the editor holds, and what is sent of it.
import { useSignal, useStore, useVisibleTask$ } from '@builder.io/qwik';
import { forgetKept, keep, readKept } from '../../editor/kept-draft.ts';
import { draftKey } from '../../editor/yaml-text.ts';
import type { PromptData } from './prompts-query.ts';

/** Everything that can be written; values of variables stay as typed. */
export interface PromptDraft {
  name: string;
  description: string;
  template: string;
  values: Record<string, string>;
}

/** Milliseconds without a change before the draft is written down. */
const rest = 300;

/** The prompt as it is saved. */
export function savedDraft(prompt: PromptData | undefined): PromptDraft {
  const { name = '', description = '', template = '' } = prompt ?? {};
  return { name, description: description ?? '', template, values: {} };
}

/** Whether anything but the values differs. */
export function isChanged(draft: PromptDraft, prompt: PromptData | undefined): boolean {
  const saved = savedDraft(prompt);
  return (['name', 'description', 'template'] as const).some((key) => draft[key] !== saved[key]);
}

/** The values as the template is given them: JSON where it is JSON, else text. */
export function valuesOf(
  names: readonly string[],
  values: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const given = names.filter((name) => (values[name] ?? '') !== '');
  return Object.fromEntries(given.map((name) => [name, readValue(values[name] ?? '')]));
}

function readValue(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Read back on arrival, kept on every change. */
export function usePromptDraft(prompt: PromptData | undefined): PromptDraft {
  const draft = useStore<PromptDraft>(savedDraft(prompt));
  const read = useSignal(false);
  const key = draftKey('prompt', prompt?.id);
  useVisibleTask$(
    async () => {
      Object.assign(draft, (await readKept<PromptDraft>(key)) ?? {});
      read.value = true;
    },
    { strategy: 'document-ready' },
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      const written = track(() => JSON.stringify(draft));
      if (!track(() => read.value)) return;
      const next = JSON.parse(written) as PromptDraft;
      const timer = setTimeout(() => keep(key, next), rest);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  return draft;
}

/** Forgets what was not saved. */
export async function resetDraft(draft: PromptDraft, prompt: PromptData | undefined): Promise<void> {
  Object.assign(draft, savedDraft(prompt), { values: draft.values });
  await forgetKept(draftKey('prompt', prompt?.id));
}
