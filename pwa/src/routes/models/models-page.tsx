// Every registered model.
import { component$, useComputed$ } from '@builder.io/qwik';
import { Badge } from '../../component/badge.tsx';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { ListSearch, Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { type Format, useFormat } from '../../i18n/format.ts';
import { messages, type Text, useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';

const modelsQuery = graphql(`
  query Models($search: String, $after: String) {
    models(search: $search, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        kind
        provider
        description
        variants
        parameters
        contextLength
        licence
        directory
        bundled
        fault
        options
      }
    }
  }
`);

const texts = messages({
  en: {
    search: 'Search models',
    none: 'No model is registered. Put a GGUF file or a model folder under data/models and start again.',
    noneFound: 'No model matches.',
    newRun: 'New run',
    bundled: 'Bundled',
    usable: 'Usable',
    faulty: 'Faulty',
    provider: 'Provider',
    parameters: 'Parameters',
    context: 'Context',
    tokens: '{count} tokens',
    variants: 'Variants',
    licence: 'Licence',
    directory: 'Folder',
    options: 'Options',
    runs: 'Runs with it',
    language: 'Language model',
    embedding: 'Embedder',
    reranker: 'Reranker',
  },
  'pt-BR': {
    search: 'Buscar modelos',
    none: 'Nenhum modelo registrado. Ponha um arquivo GGUF ou uma pasta de modelo em data/models e reinicie.',
    noneFound: 'Nenhum modelo corresponde.',
    newRun: 'Nova execução',
    bundled: 'Incluído',
    usable: 'Utilizável',
    faulty: 'Com defeito',
    provider: 'Provedor',
    parameters: 'Parâmetros',
    context: 'Contexto',
    tokens: '{count} tokens',
    variants: 'Variantes',
    licence: 'Licença',
    directory: 'Pasta',
    options: 'Opções',
    runs: 'Execuções com ele',
    language: 'Modelo de linguagem',
    embedding: 'Modelo de embeddings',
    reranker: 'Reordenador',
  },
});

type Model = ResultOf<typeof modelsQuery>['models']['nodes'][number];
type Words = Text<keyof (typeof texts)['en']>;

/** `/models`. */
export const ModelsPage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(texts);
  const format = useFormat();
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({
    search: searchValue(place, 'search') || null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(modelsQuery, variables, { keepFor: 'models' });
  return (
    <div class="stack">
      <PageTitle text={section('models')} />
      <ListSearch label={text('search')} />
      {show(state.value, {
        loading: <Skeleton rows={4} height={160} />,
        retry$: refresh$,
        ready: ({ models }) =>
          models.nodes.length === 0 ? (
            <Empty icon="model" sentence={text(searchValue(place, 'search') === '' ? 'none' : 'noneFound')}>
              <ButtonLink href="/new?step=source" label={text('newRun')} />
            </Empty>
          ) : (
            <>
              <ul class="entries">
                {models.nodes.map((model) => (
                  <ModelCard key={model.id} model={model} text={text} format={format} />
                ))}
              </ul>
              <Paging {...models.pageInfo} />
            </>
          ),
      })}
    </div>
  );
});

const ModelCard = (props: { model: Model; text: Words; format: Format }) => {
  const { model, text, format } = props;
  const facts = [
    [text('provider'), model.provider],
    [text('parameters'), model.parameters === null ? null : format.compact(Number(model.parameters))],
    [
      text('context'),
      model.contextLength === null ? null : text('tokens', { count: format.number(model.contextLength) }),
    ],
    [text('variants'), model.variants.join(', ')],
    [text('licence'), model.licence],
    [text('directory'), model.directory],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <li class="card">
      <div class="card-head">
        <h2>{model.name}</h2>
        {model.fault === null ? (
          <Badge tone="good" icon="ok" label={text('usable')} />
        ) : (
          <Badge tone="bad" icon="failed" label={text('faulty')} />
        )}
      </div>
      <p class="row">
        <span class="chip">{kindName(model.kind, text)}</span>
        {model.bundled && <span class="chip">{text('bundled')}</span>}
      </p>
      {model.description !== null && <p class="soft">{model.description}</p>}
      {model.fault !== null && <p class="notice bad">{model.fault}</p>}
      <dl class="definition">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {hasKeys(model.options) && (
        <details>
          <summary>{text('options')}</summary>
          <pre class="code" tabIndex={0}>
            {JSON.stringify(model.options, undefined, 2)}
          </pre>
        </details>
      )}
      <a href={`/runs?model=${encodeURIComponent(model.name)}`}>{text('runs')}</a>
    </li>
  );
};

function kindName(kind: string, text: Words): string {
  const name = kind.toLowerCase();
  return name === 'language' || name === 'embedding' || name === 'reranker' ? text(name) : kind;
}

function hasKeys(options: unknown): boolean {
  return typeof options === 'object' && options !== null && Object.keys(options).length > 0;
}
