// States as an icon and a word, never as a colour alone.
import { messages, type Text, useText } from '../i18n/text.ts';
import { Icon, type IconName } from './icon.tsx';

/** The colour of a badge. */
export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'info' | 'accent';

/** An icon and a word. */
export const Badge = (props: { tone: Tone; icon: IconName; label: string }) => (
  <span class={['badge', props.tone]}>
    <Icon name={props.icon} size={16} />
    {props.label}
  </span>
);

const looks = {
  QUEUED: ['plain', 'waiting'],
  PENDING: ['plain', 'waiting'],
  RUNNING: ['accent', 'running'],
  PAUSED: ['warn', 'paused'],
  SUCCEEDED: ['good', 'ok'],
  FAILED: ['bad', 'failed'],
  CANCELLED: ['plain', 'cancelled'],
  OK: ['plain', 'ok'],
  CORRECT: ['good', 'ok'],
  WRONG: ['bad', 'wrong'],
  WAITING: ['plain', 'waiting'],
} as const satisfies Record<string, readonly [Tone, IconName]>;

/** Every state that runs, evaluations, samples and jobs can be in. */
export type StatusName = keyof typeof looks;

/** The words of the states. */
const statusTexts = messages({
  en: {
    QUEUED: 'Queued',
    PENDING: 'Pending',
    RUNNING: 'Running',
    PAUSED: 'Paused',
    SUCCEEDED: 'Succeeded',
    FAILED: 'Failed',
    CANCELLED: 'Cancelled',
    OK: 'Answered',
    CORRECT: 'Correct',
    WRONG: 'Wrong',
    WAITING: 'Waiting',
  },
  'pt-BR': {
    QUEUED: 'Na fila',
    PENDING: 'Pendente',
    RUNNING: 'Em execução',
    PAUSED: 'Pausada',
    SUCCEEDED: 'Concluída',
    FAILED: 'Falhou',
    CANCELLED: 'Cancelada',
    OK: 'Respondida',
    CORRECT: 'Certa',
    WRONG: 'Errada',
    WAITING: 'Em espera',
  },
});

/** The state of a run, an evaluation, a sample or a job; `text` from `useText(statusTexts)`. */
export const StatusBadge = (props: { status: StatusName; text: Text<StatusName> }) => {
  const [tone, icon] = looks[props.status];
  return <Badge tone={tone} icon={icon} label={props.text(props.status)} />;
};

/** The words of the states in the reader's language. */
export function useStatusText(): Text<StatusName> {
  return useText(statusTexts);
}
