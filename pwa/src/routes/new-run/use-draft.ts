// The draft of the page: read back on arrival, begun from the address, kept on every change.
import { useSignal, useStore, useVisibleTask$ } from '@builder.io/qwik';
import { client } from '../../graphql/client.ts';
import { setSearch } from '../../routing/navigate.ts';
import { emptyDraft, newDraftId, type RunDraft } from './draft.ts';
import { keepDraft, readDraft } from './draft-store.ts';
import { repeatedRunQuery } from './new-run-query.ts';

/** Milliseconds without a change before the draft is written down. */
const rest = 300;

/** `?suite=<id>` begins with a suite, `?task=<name>` with a task, `?from=<run>` with the configuration of a run. */
export function useDraft(): RunDraft {
  const draft = useStore<RunDraft>(emptyDraft());
  const read = useSignal(false);
  useVisibleTask$(
    async () => {
      Object.assign(draft, (await readDraft()) ?? {});
      const search = new URLSearchParams(location.search);
      const suite = search.get('suite');
      const task = search.get('task');
      const run = search.get('from');
      if (suite !== null)
        Object.assign(draft, { source: 'suite', suiteId: suite, models: [], tasks: [], id: newDraftId() });
      else if (task !== null) Object.assign(draft, { source: 'form', tasks: [task], id: newDraftId() });
      else if (run !== null) Object.assign(draft, await repeatRun(run));
      if ((suite ?? task ?? run) !== null) setSearch({ suite: undefined, task: undefined, from: undefined });
      read.value = true;
    },
    { strategy: 'document-ready' },
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      const written = track(() => JSON.stringify(draft));
      if (!track(() => read.value)) return;
      const timer = setTimeout(() => keepDraft(JSON.parse(written) as RunDraft), rest);
      cleanup(() => clearTimeout(timer));
    },
    { strategy: 'document-ready' },
  );
  return draft;
}

/** The suite with the limit that its run had beside it. */
function limited(config: string, limit: number | null): string {
  const own = Number(/^limit:\s*(\d+)/m.exec(config)?.[1] ?? Number.POSITIVE_INFINITY);
  if (limit === null || own <= limit) return config;
  const rest = config.replace(/^limit:.*\n?/m, '');
  return `${rest.replace(/\n*$/, '\n')}limit: ${limit}\n`;
}

async function repeatRun(id: string): Promise<Partial<RunDraft>> {
  const { data } = await client.query(repeatedRunQuery, { id }).toPromise();
  const run = data?.run;
  if (!run) return {};
  return { source: 'text', text: limited(run.config, run.limit), name: run.name, id: newDraftId() };
}
