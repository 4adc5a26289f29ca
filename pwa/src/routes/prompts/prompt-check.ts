// What the server says of the text as it is typed: faults, variables, the text filled in.
import { type Signal, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import type { TextFault } from '../../editor/code-editor.tsx';
import { textFault } from '../../editor/text-fault.ts';
import { client } from '../../graphql/client.ts';
import { type PromptDraft, valuesOf } from './prompt-draft.ts';
import { promptCheckQuery } from './prompts-query.ts';

/** The state of the text. */
export interface PromptCheck {
  readonly faults: readonly TextFault[];
  readonly nameFault: string | undefined;
  readonly variables: readonly string[];
  readonly preview: string | undefined;
  readonly previewFault: string | undefined;
}

/** Milliseconds without a change before the server is asked. */
const rest = 350;

/** Follows the draft; while the server cannot be asked, what it said last stays. */
export function usePromptCheck(
  draft: PromptDraft,
  variables: readonly string[],
): Readonly<Signal<PromptCheck>> {
  const state = useSignal<PromptCheck>({
    faults: [],
    nameFault: undefined,
    variables,
    preview: undefined,
    previewFault: undefined,
  });
  useVisibleTask$(
    ({ track, cleanup }) => {
      const { name, template, values } = track(() => JSON.parse(JSON.stringify(draft)) as PromptDraft);
      let current = true;
      const timer = setTimeout(async () => {
        const answer = await ask(name, template, valuesOf(state.value.variables, values), state.value);
        if (current && answer !== undefined) state.value = answer;
      }, rest);
      cleanup(() => {
        current = false;
        clearTimeout(timer);
      });
    },
    { strategy: 'document-ready' },
  );
  return state;
}

async function ask(
  name: string,
  template: string,
  variables: Record<string, unknown>,
  last: PromptCheck,
): Promise<PromptCheck | undefined> {
  const input = { name: name === '' ? 'unnamed' : name, template };
  const { data } = await client
    .query(promptCheckQuery, { input, template, variables }, { requestPolicy: 'network-only' })
    .toPromise();
  if (data === undefined) return undefined;
  const { issues, variables: found } = data.checkPrompt;
  const faults = issues.filter(({ path }) => path !== 'name').map(textFault);
  return {
    faults: template === '' ? [] : faults,
    nameFault: issues.find(({ path }) => path === 'name')?.message,
    variables: issues.length === 0 ? found : last.variables,
    preview: data.renderPrompt.text ?? undefined,
    previewFault: data.renderPrompt.message ?? undefined,
  };
}
