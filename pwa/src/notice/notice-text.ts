// What each kind of notification is called: in the inbox, and in the messages that the service worker shows.
import { messages } from '../i18n/text.ts';

/** By kind, in every language. */
export const noticeTexts = messages({
  en: {
    RUN_ENDED: 'Run ended',
    RUN_FAILED: 'Run failed',
    GATE_MISSED: 'Gate missed',
    SCHEDULE_MISSED: 'Schedule missed',
    DISK_LOW: 'Disk nearly full',
  },
  'pt-BR': {
    RUN_ENDED: 'Execução terminada',
    RUN_FAILED: 'Execução falhou',
    GATE_MISSED: 'Critério não atingido',
    SCHEDULE_MISSED: 'Agendamento perdido',
    DISK_LOW: 'Disco quase cheio',
  },
});

/** Every kind, in the order of the switches. */
export const noticeKinds = ['RUN_ENDED', 'RUN_FAILED', 'GATE_MISSED', 'SCHEDULE_MISSED', 'DISK_LOW'] as const;

/** A kind of notification. */
export type NoticeKind = (typeof noticeKinds)[number];
