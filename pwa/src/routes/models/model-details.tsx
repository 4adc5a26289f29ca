// What a model's file says, its chat template and its options.
import { component$ } from '@builder.io/qwik';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import type { ModelRow } from './models-query.ts';
import { modelTexts } from './texts.ts';

/** Facts of the file; long texts are folded. */
export const ModelDetails = component$<{ model: ModelRow }>(({ model }) => {
  const text = useText(modelTexts);
  const format = useFormat();
  const { metadata, options } = model;
  const facts: [string, string | null | undefined][] = [
    [text('architecture'), metadata?.architecture],
    [text('quantisation'), metadata?.quantisation],
    [text('layers'), metadata?.layers == null ? null : format.number(metadata.layers)],
    [text('tokenizer'), metadata?.tokenizer],
    [
      text('vocabulary'),
      metadata?.vocabulary == null ? null : text('tokens', { count: format.number(metadata.vocabulary) }),
    ],
    [text('size'), metadata?.bytes == null ? null : format.bytes(metadata.bytes)],
    [text('source'), model.source],
    [text('directory'), model.directory],
  ];
  const known = facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <>
      {known.length > 0 && (
        <section class="card">
          <dl class="definition">
            {known.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {metadata?.chatTemplate && (
        <details class="card">
          <summary>{text('template')}</summary>
          <pre class="code template" tabIndex={0}>
            {metadata.chatTemplate}
          </pre>
        </details>
      )}
      {typeof options === 'object' && options !== null && Object.keys(options).length > 0 && (
        <details class="card">
          <summary>{text('options')}</summary>
          <pre class="code" tabIndex={0}>
            {JSON.stringify(options, undefined, 2)}
          </pre>
        </details>
      )}
    </>
  );
});
