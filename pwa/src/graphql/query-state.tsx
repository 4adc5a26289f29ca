// What a query has come to, and what a screen shows for each outcome.
import { component$, type JSXOutput, useSignal } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import type { Handler } from '../component/handler.ts';
import { Icon } from '../component/icon.tsx';
import { formatFor } from '../i18n/format.ts';
import { messages, type Text, useText } from '../i18n/text.ts';
import { usePreferences } from '../shell/preferences.ts';

/** `stale`: the network is gone and this was read at `at`, milliseconds since 1970. */
export type QueryState<Data> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly data: Data }
  | { readonly status: 'stale'; readonly data: Data; readonly at: number }
  | { readonly status: 'error'; readonly message: string; readonly offline: boolean };

const texts = messages({
  en: {
    failed: 'This could not be loaded.',
    offline: 'You are offline, and this was never read on this device.',
    retry: 'Try again',
    copy: 'Copy the message',
    copyable: 'What the server said:',
    stale: 'Offline: as of {at}',
    loading: 'Loading…',
  },
  'pt-BR': {
    failed: 'Não foi possível carregar.',
    offline: 'Você está offline, e isto nunca foi lido neste aparelho.',
    retry: 'Tentar de novo',
    copy: 'Copiar a mensagem',
    copyable: 'O que o servidor disse:',
    stale: 'Offline: dados de {at}',
    loading: 'Carregando…',
  },
});

type Words = Text<keyof (typeof texts)['en']>;

/** Hook: the function that turns a query's state into what is seen. */
export function useShow(): <Data>(
  state: QueryState<Data>,
  parts: {
    readonly loading: JSXOutput;
    readonly ready: (data: Data) => JSXOutput;
    readonly retry$?: Handler<HTMLButtonElement>;
  },
) => JSXOutput {
  const text = useText(texts);
  const { language } = usePreferences();
  return (state, parts) => {
    switch (state.status) {
      case 'loading':
        return (
          <div class="stack" aria-busy="true">
            <span class="visually-hidden" role="status">
              {text('loading')}
            </span>
            {parts.loading}
          </div>
        );
      case 'error':
        return <Fault text={text} message={state.message} offline={state.offline} retry$={parts.retry$} />;
      case 'stale':
        return (
          <>
            <p class="notice warn">
              <Icon name="offline" />
              {text('stale', { at: formatFor(language).dateTime(state.at) })}
            </p>
            {parts.ready(state.data)}
          </>
        );
      case 'ready':
        return <>{parts.ready(state.data)}</>;
    }
  };
}

/** The message names the id under which the server's log holds the rest. */
const CopyFault = component$<{ message: string; label: string }>((props) => {
  const copied = useSignal(false);
  return (
    <Button
      label={props.label}
      icon={copied.value ? 'ok' : 'copy'}
      onClick$={async () => {
        const { write } = await import('../component/copy-button.tsx');
        copied.value = (await write(props.message)) === 'copied';
      }}
    />
  );
});

const Fault = (props: {
  text: Words;
  message: string;
  offline: boolean;
  retry$?: Handler<HTMLButtonElement> | undefined;
}) => (
  <div class="state" role="alert">
    <Icon name={props.offline ? 'offline' : 'failed'} size={32} />
    <p>{props.text(props.offline ? 'offline' : 'failed')}</p>
    {!props.offline && (
      <p class="small soft">
        {props.text('copyable')} <code>{props.message}</code>
      </p>
    )}
    <div class="row">
      {!props.offline && <CopyFault message={props.message} label={props.text('copy')} />}
      {props.retry$ && <Button label={props.text('retry')} icon="retry" onClick$={props.retry$} />}
    </div>
  </div>
);
