// For programs: where the interfaces are, and snippets that fetch what the dashboard shows.
import { component$, type JSXChildren, useComputed$, useSignal } from '@builder.io/qwik';
import { Card } from '../../component/card.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { SelectField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { messages, useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import './developers.css';
import {
  type Access,
  runsSnippet,
  type SnippetLanguage,
  samplesSnippet,
  snippetLanguages,
} from './snippet.ts';

const texts = messages({
  en: {
    title: 'For developers',
    intro: 'Everything on these pages is read from the same interfaces. Nothing is held back from them.',
    interfaces: 'Interfaces',
    graphiql: 'GraphQL, with an explorer',
    openapi: 'REST as OpenAPI 3.1',
    schema: 'JSON Schema of suites',
    metrics: 'Prometheus metrics',
    language: 'Language',
    runs: 'Runs with their scores',
    filtered: 'With the filters that the list of runs had.',
    unfiltered:
      'Of every run. Set filters in the list of runs and come here from its “View” to have them in the query.',
    samples: 'Every sample of a run',
    run: 'Run',
    noRun: 'There is no run yet.',
    token: 'Put an API token into the environment variable BANCADA_TOKEN; tokens are made in the settings.',
  },
  'pt-BR': {
    title: 'Para desenvolvedores',
    intro: 'Tudo nestas páginas vem das mesmas interfaces. Nada fica de fora delas.',
    interfaces: 'Interfaces',
    graphiql: 'GraphQL, com um explorador',
    openapi: 'REST como OpenAPI 3.1',
    schema: 'JSON Schema das suítes',
    metrics: 'Métricas do Prometheus',
    language: 'Linguagem',
    runs: 'Execuções com suas notas',
    filtered: 'Com os filtros que a lista de execuções tinha.',
    unfiltered:
      'De todas as execuções. Ajuste filtros na lista de execuções e venha daqui pela “Visão” para tê-los na consulta.',
    samples: 'Todas as amostras de uma execução',
    run: 'Execução',
    noRun: 'Ainda não há execução.',
    token: 'Ponha um token da API na variável de ambiente BANCADA_TOKEN; tokens se fazem nas configurações.',
  },
});

const developersQuery = graphql(`
  query Developers {
    viewer { authEnabled }
    runs(first: 20, filter: { status: [SUCCEEDED, FAILED, CANCELLED] }) { nodes { id name } }
  }
`);

const languageNames = { curl: 'curl', python: 'Python', r: 'R' } as const;

const interfaces = [
  ['graphiql', '/graphql'],
  ['openapi', '/api/v1/openapi.json'],
  ['schema', '/schema/suite.json'],
  ['metrics', '/metrics'],
] as const;

/** `/developers`; takes the filters of the list of runs, and `?language=` and `?run=`. */
export const DevelopersPage = component$<PageProps>(() => {
  const text = useText(texts);
  const show = useShow();
  const place = usePlace();
  const { state, refresh$ } = useQuery(developersQuery, useSignal({}));
  const language = useComputed$<SnippetLanguage>(
    () => snippetLanguages.find((one) => one === searchValue(place, 'language')) ?? 'curl',
  );
  const filtered = ['status', 'q', 'model'].some((name) => searchValue(place, name) !== '');
  return (
    <div class="stack">
      <PageTitle text={text('title')} />
      <p class="soft">{text('intro')}</p>
      <Card title={text('interfaces')}>
        <ul class="interfaces">
          {interfaces.map(([name, href]) => (
            <li key={name}>
              <a class="target" href={href}>
                {text(name)}
              </a>
              <code class="soft">{href}</code>
            </li>
          ))}
        </ul>
      </Card>
      <SelectField
        id="language"
        label={text('language')}
        value={language.value}
        options={snippetLanguages.map((value) => ({ value, label: languageNames[value] }))}
        onChange$={(_, element) => setSearch({ language: element.value })}
      />
      {show(state.value, {
        loading: <Skeleton rows={2} height={260} />,
        retry$: refresh$,
        ready: ({ viewer, runs }) => {
          const access: Access = { origin: location.origin, token: viewer.authEnabled };
          const runId = searchValue(place, 'run') || runs.nodes[0]?.id;
          return (
            <>
              {viewer.authEnabled && <p class="notice">{text('token')}</p>}
              <Snippet
                title={text('runs')}
                hint={text(filtered ? 'filtered' : 'unfiltered')}
                code={runsSnippet(language.value, access, place.search)}
              />
              {runId === undefined ? (
                <Card title={text('samples')}>
                  <p class="soft">{text('noRun')}</p>
                </Card>
              ) : (
                <Snippet title={text('samples')} code={samplesSnippet(language.value, access, runId)}>
                  <SelectField
                    id="snippet-run"
                    label={text('run')}
                    value={runId}
                    options={runs.nodes.map((run) => ({ value: run.id, label: run.name }))}
                    onChange$={(_, element) => setSearch({ run: element.value })}
                  />
                </Snippet>
              )}
            </>
          );
        },
      })}
    </div>
  );
});

const Snippet = (props: { title: string; hint?: string; code: string; children?: JSXChildren }) => (
  <Card title={props.title} aside={<CopyButton text={props.code} />}>
    {props.hint !== undefined && <p class="soft small">{props.hint}</p>}
    {props.children}
    <pre class="code" tabIndex={0}>
      {props.code}
    </pre>
  </Card>
);
