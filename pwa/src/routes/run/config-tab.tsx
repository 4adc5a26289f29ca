// What the run was made from: the suite as given, the snapshot that repeats it.
import { component$, useSignal } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { messages, useText } from '../../i18n/text.ts';
import type { TabProps } from './tab.ts';

const configQuery = graphql(`
  query RunConfig($id: ID!) { run(id: $id) { id config snapshot limit } }
`);

const texts = messages({
  en: {
    suite: 'Suite',
    snapshot: 'Snapshot',
    explained: 'Everything that repeats the run: versions, hashes, machine, seeds.',
    again: 'Run again with changes',
    toSuite: 'Save as a suite',
    none: 'The snapshot is written when the run is planned.',
    limit: 'Limited to {n} {n|item|items} a task.',
  },
  'pt-BR': {
    suite: 'Suíte',
    snapshot: 'Retrato',
    explained: 'Tudo o que repete a execução: versões, hashes, máquina, sementes.',
    again: 'Executar de novo com mudanças',
    toSuite: 'Salvar como suíte',
    none: 'O retrato é escrito quando a execução é planejada.',
    limit: 'Limitada a {n} {n|item|itens} por tarefa.',
  },
});

/** `/runs/:id/config`. */
export const ConfigTab = component$<TabProps>((props) => {
  const text = useText(texts);
  const show = useShow();
  const { state, refresh$ } = useQuery(configQuery, useSignal({ id: props.state.run.id }), {
    keepFor: props.state.run.id,
  });
  return show(state.value, {
    loading: <Skeleton rows={2} height={280} />,
    retry$: refresh$,
    ready: ({ run }) => {
      const config = run?.config ?? '';
      const snapshot = run?.snapshot === null ? '' : JSON.stringify(run?.snapshot, null, 2);
      return (
        <div class="stack">
          <div class="row">
            <ButtonLink
              href={`/new?from=${props.state.run.id}`}
              icon="retry"
              kind="primary"
              label={text('again')}
            />
            <ButtonLink
              href={`/suites/new?from=${props.state.run.id}`}
              icon="suite"
              label={text('toSuite')}
            />
            {run?.limit !== null && run?.limit !== undefined && (
              <span class="soft">{text('limit', { n: run.limit })}</span>
            )}
          </div>
          <Card title={text('suite')} aside={<CopyButton text={config} />}>
            <pre class="code" tabIndex={0}>
              {config}
            </pre>
          </Card>
          <Card title={text('snapshot')} aside={snapshot === '' ? null : <CopyButton text={snapshot} />}>
            <p class="soft small">{text(snapshot === '' ? 'none' : 'explained')}</p>
            {snapshot !== '' && (
              <pre class="code" tabIndex={0}>
                {snapshot}
              </pre>
            )}
          </Card>
        </div>
      );
    },
  });
});
