// Tells screen readers how a run goes: its progress at most every ten seconds, its end at once.
import { component$, useComputed$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { useStatusText } from '../component/badge.tsx';
import { useFormat } from '../i18n/format.ts';
import { messages, useText } from '../i18n/text.ts';
import { isFinished, type RunStatusName } from './run-status.ts';

const texts = messages({
  en: { progress: 'Run {name}: {share}', state: 'Run {name}: {state}' },
  'pt-BR': { progress: 'Execução {name}: {share}', state: 'Execução {name}: {state}' },
});

/** Milliseconds between two announcements of progress. */
const announceEvery = 10_000;

/** Politely, except for a failure. Says nothing of a run that was over when the page opened. */
export const RunAnnouncer = component$<{
  name: string;
  status: RunStatusName;
  done: number;
  total: number;
}>((props) => {
  const text = useText(texts);
  const state = useStatusText();
  const format = useFormat();
  const polite = useSignal('');
  const urgent = useSignal('');
  const before = useSignal(props.status);
  const going = useComputed$(() => !isFinished(props.status));
  useVisibleTask$(
    ({ track }) => {
      const status = track(() => props.status);
      if (status === before.value) return;
      before.value = status;
      const words = text('state', { name: props.name, state: state(status) });
      if (status === 'FAILED') urgent.value = words;
      else polite.value = words;
    },
    { strategy: 'document-ready' },
  );
  useVisibleTask$(
    ({ track, cleanup }) => {
      if (!track(() => going.value)) return;
      const timer = setInterval(() => {
        if (props.total === 0) return;
        polite.value = text('progress', {
          name: props.name,
          share: format.percent(props.done / props.total, 0),
        });
      }, announceEvery);
      cleanup(() => clearInterval(timer));
    },
    { strategy: 'document-ready' },
  );
  return (
    <div class="visually-hidden">
      <p role="status">{polite.value}</p>
      <p role="alert">{urgent.value}</p>
    </div>
  );
});
