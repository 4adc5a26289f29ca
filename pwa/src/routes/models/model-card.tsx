// One model of the list.
import { Badge } from '../../component/badge.tsx';
import type { Format } from '../../i18n/format.ts';
import type { Text } from '../../i18n/text.ts';
import { CapabilityBadges } from './capability-badges.tsx';
import { DownloadProgress } from './download-progress.tsx';
import type { ModelRow } from './models-query.ts';
import type { modelTexts } from './texts.ts';

/** The words of these pages. */
export type Words = Text<keyof (typeof modelTexts)['en']>;

/** Name, state, what it can do, how it is reached. */
export const ModelCard = (props: { model: ModelRow; text: Words; format: Format }) => {
  const { model, text, format } = props;
  return (
    <li class="card" data-model={model.name}>
      <div class="card-head">
        <h2>
          <a href={`/models/${model.id}`}>{model.name}</a>
        </h2>
        <StateBadge model={model} text={text} />
      </div>
      <p class="row">
        <span class="chip">{kindName(model.kind, text)}</span>
        <span class="chip">{model.provider}</span>
        {model.metadata?.quantisation && <span class="chip">{model.metadata.quantisation}</span>}
        {model.bundled && <span class="chip">{text('bundled')}</span>}
      </p>
      {model.description !== null && <p class="soft">{model.description}</p>}
      <ModelFaults model={model} />
      {model.download !== null && <DownloadProgress download={model.download} text={text} format={format} />}
      {model.endpoint !== null && <CapabilityBadges checks={model.endpoint.checks} />}
      <dl class="definition">
        {cardFacts(model, text, format).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <a href={`/runs?model=${encodeURIComponent(model.name)}`}>{text('runs')}</a>
    </li>
  );
};

/** Usable, faulty, or being fetched. */
export const StateBadge = ({ model, text }: { model: ModelRow; text: Words }) => {
  if (model.download !== null && model.download.state !== 'failed')
    return <Badge tone="accent" icon="download" label={text('fetching')} />;
  return model.fault === null && model.endpoint?.fault == null ? (
    <Badge tone="good" icon="ok" label={text('usable')} />
  ) : (
    <Badge tone="bad" icon="failed" label={text('faulty')} />
  );
};

/** Why it cannot be used. */
export const ModelFaults = ({ model }: { model: ModelRow }) => {
  const faults = [
    model.download === null ? model.fault : null,
    model.download?.message,
    model.endpoint?.fault,
  ];
  return (
    <>
      {faults.map((fault) =>
        fault ? (
          <p key={fault} class="notice bad">
            {fault}
          </p>
        ) : null,
      )}
    </>
  );
};

/** A kind of model in the reader's language. */
export function kindName(kind: string, text: Words): string {
  const name = kind.toLowerCase();
  return name === 'language' || name === 'embedding' || name === 'reranker' ? text(name) : kind;
}

/** What a card tells. */
export function cardFacts(model: ModelRow, text: Words, format: Format): [string, string][] {
  const { endpoint } = model;
  const facts: [string, string | null | undefined][] = [
    [text('address'), endpoint?.baseUrl],
    [text('asks'), endpoint?.model],
    [
      text('latency'),
      endpoint?.latencyMs == null
        ? null
        : text('latencyAt', {
            time: format.milliseconds(endpoint.latencyMs),
            ago: endpoint.checkedAt === null ? '' : format.ago(endpoint.checkedAt),
          }),
    ],
    [text('parameters'), model.parameters === null ? null : format.compact(Number(model.parameters))],
    [
      text('context'),
      model.contextLength === null ? null : text('tokens', { count: format.number(model.contextLength) }),
    ],
    [text('variants'), model.variants.length > 1 ? model.variants.join(', ') : null],
    [text('licence'), model.licence],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}
