// What an endpoint can do, each as an icon and a word; why it cannot, in words below.
import { component$ } from '@builder.io/qwik';
import { Badge } from '../../component/badge.tsx';
import { messages, useText } from '../../i18n/text.ts';
import type { Check } from './models-query.ts';

const texts = messages({
  en: {
    chat: 'Chat',
    completion: 'Completions',
    loglikelihood: 'Log-probabilities of text',
    topLogprobs: 'Likeliest tokens',
    seed: 'Seed',
    jsonSchema: 'JSON schema',
    usageInStream: 'Token counts',
    lacking: 'no {what}',
    why: 'Why not',
  },
  'pt-BR': {
    chat: 'Chat',
    completion: 'Completions',
    loglikelihood: 'Log-probabilidades de texto',
    topLogprobs: 'Tokens mais prováveis',
    seed: 'Semente',
    jsonSchema: 'Esquema JSON',
    usageInStream: 'Contagem de tokens',
    lacking: 'sem {what}',
    why: 'Por que não',
  },
});

/** The badges; `reasons` also tells why something is missing. */
export const CapabilityBadges = component$<{ checks: readonly Check[]; reasons?: boolean }>((props) => {
  const text = useText(texts);
  const word = (capability: string) =>
    capability in texts.en ? text(capability as keyof (typeof texts)['en']) : capability;
  const lacking = props.checks.filter(({ works }) => !works);
  return (
    <>
      <ul class="row capabilities">
        {props.checks.map(({ capability, works }) => (
          <li key={capability}>
            <Badge
              tone={works ? 'good' : 'plain'}
              icon={works ? 'ok' : 'wrong'}
              label={works ? word(capability) : text('lacking', { what: word(capability) })}
            />
          </li>
        ))}
      </ul>
      {props.reasons === true && lacking.length > 0 && (
        <details>
          <summary>{text('why')}</summary>
          <dl class="definition reasons">
            {lacking.map(({ capability, reason }) => (
              <div key={capability}>
                <dt>{word(capability)}</dt>
                <dd>{reason}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
});
