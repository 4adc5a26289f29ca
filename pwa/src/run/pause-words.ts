// Why a run is paused, in words of the reader's language, made of the values that the worker gave.
import { fill } from '../i18n/fill.ts';
import { formatFor } from '../i18n/format.ts';
import type { Language } from '../i18n/language.ts';
import { messages } from '../i18n/text.ts';

const texts = messages({
  en: {
    byHand: 'Somebody paused the run. What was answered is kept; resume it to go on.',
    disk: 'The disk of {node} is nearly full: {free} are free of the {reserve} that stay free ({folder}). The run goes on by itself once there is room.',
  },
  'pt-BR': {
    byHand: 'Alguém pausou a execução. O que já foi respondido fica guardado; retome para continuar.',
    disk: 'O disco de {node} está quase cheio: há {free} livres dos {reserve} que ficam reservados ({folder}). A execução continua sozinha quando houver espaço.',
  },
});

/** A run's `pauseReason`, which is English and null when a person paused it, stands in for values that are not known. */
export function pauseWords(
  {
    pauseReason,
    pauseParameters,
  }: { readonly pauseReason: string | null; readonly pauseParameters: unknown },
  language: Language,
): string {
  if (pauseReason === null) return texts[language].byHand;
  if (typeof pauseParameters !== 'object' || pauseParameters === null) return pauseReason;
  const { code, node, folder, freeBytes, reserveBytes }: Readonly<Record<string, unknown>> = {
    ...pauseParameters,
  };
  if (code !== 'DISK_FULL' || typeof freeBytes !== 'number' || typeof reserveBytes !== 'number')
    return pauseReason;
  const { bytes } = formatFor(language);
  const values = {
    node: String(node),
    folder: String(folder),
    free: bytes(freeBytes),
    reserve: bytes(reserveBytes),
  };
  return fill(texts[language].disk, values, language);
}
