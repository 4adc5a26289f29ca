// Copies a text and says so.
import { component$, useSignal } from '@builder.io/qwik';
import { messages, useText } from '../i18n/text.ts';
import { Button } from './button.tsx';

const texts = messages({
  en: { copy: 'Copy', copied: 'Copied', refused: 'Copying was refused' },
  'pt-BR': { copy: 'Copiar', copied: 'Copiado', refused: 'Cópia recusada' },
});

/** A button that copies `text`; `label` unless "Copy" says enough. */
export const CopyButton = component$<{ text: string; label?: string; iconOnly?: boolean }>((props) => {
  const text = useText(texts);
  const state = useSignal<'copy' | 'copied' | 'refused'>('copy');
  return (
    <>
      <Button
        icon={state.value === 'copied' ? 'ok' : 'copy'}
        label={state.value === 'copy' ? (props.label ?? text('copy')) : text(state.value)}
        iconOnly={props.iconOnly ?? false}
        onClick$={async () => {
          state.value = await write(props.text);
          setTimeout(() => {
            state.value = 'copy';
          }, 2_000);
        }}
      />
      <span class="visually-hidden" role="status">
        {state.value === 'copy' ? '' : text(state.value)}
      </span>
    </>
  );
});

/** The clipboard needs HTTPS or localhost; elsewhere the old command serves. */
export async function write(text: string): Promise<'copied' | 'refused'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done ? 'copied' : 'refused';
  }
}
