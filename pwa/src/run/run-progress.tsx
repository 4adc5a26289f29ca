// How far a run has come: bar, counts, rate, time left.
import { ProgressBar } from '../component/progress.tsx';
import type { Format } from '../i18n/format.ts';
import { messages, type Text, useText } from '../i18n/text.ts';
import { isFinished } from './run-status.ts';

const texts = messages({
  en: {
    progress: 'Progress',
    of: '{done} of {total} {total|sample|samples}',
    failed: '{n} failed',
    rate: '{rate} samples/s',
    left: '{time} left',
  },
  'pt-BR': {
    progress: 'Progresso',
    of: '{done} de {total} {total|amostra|amostras}',
    failed: '{n} com falha',
    rate: '{rate} amostras/s',
    left: 'faltam {time}',
  },
});

type Words = Text<keyof (typeof texts)['en']>;

/** The words of `RunProgress`. */
export function useProgressText(): Words {
  return useText(texts);
}

/** `text` from `useProgressText`. */
export const RunProgress = (props: {
  progress: { done: number; total: number; failed: number; rate: number; etaSeconds: number | null };
  status: Parameters<typeof isFinished>[0];
  text: Words;
  format: Format;
}) => {
  const { progress, text, format } = props;
  const moving = props.status === 'RUNNING' && progress.rate > 0;
  const parts = [
    text('of', { done: progress.done, total: progress.total }),
    ...(progress.failed > 0 ? [text('failed', { n: progress.failed })] : []),
    ...(moving ? [text('rate', { rate: format.number(progress.rate, 1) })] : []),
    ...(moving && progress.etaSeconds !== null
      ? [text('left', { time: format.duration(progress.etaSeconds) })]
      : []),
  ];
  return (
    <div class="progress">
      {!isFinished(props.status) && (
        <ProgressBar
          done={progress.done}
          total={progress.total}
          failed={progress.failed}
          label={text('progress')}
        />
      )}
      <p class="small soft" data-testid="progress">
        {parts.join(' · ')}
      </p>
    </div>
  );
};
