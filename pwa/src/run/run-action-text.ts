// The names of what a person can do to a run.
import { messages } from '../i18n/text.ts';

/** Used by buttons, menus and swiped cards alike. */
export const runActionTexts = messages({
  en: {
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    retry: 'Retry failed',
    clone: 'Clone',
    compare: 'Compare',
    delete: 'Delete',
    menu: 'Actions for {name}',
  },
  'pt-BR': {
    pause: 'Pausar',
    resume: 'Retomar',
    cancel: 'Cancelar',
    retry: 'Repetir falhas',
    clone: 'Clonar',
    compare: 'Comparar',
    delete: 'Excluir',
    menu: 'Ações de {name}',
  },
});
