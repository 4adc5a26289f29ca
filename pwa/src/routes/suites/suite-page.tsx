// One suite: its YAML and the runs of it.
import { component$, useComputed$, useSignal } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button, ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { CopyButton } from '../../component/copy-button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { Skeleton } from '../../component/skeleton.tsx';
import { keep } from '../../editor/kept-draft.ts';
import { saveFile } from '../../editor/save-file.ts';
import { VersionSheet } from '../../editor/version-sheet.tsx';
import { draftKey } from '../../editor/yaml-text.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { navigate } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { ScoresLine } from '../../run/scores-line.tsx';
import { sectionTexts } from '../../shell/section.ts';
import { SuiteHistory } from './history.tsx';
import { suiteQuery } from './suites-query.ts';
import { suiteTexts } from './texts.ts';

/** `/suites/:id`. */
export const SuitePage = component$<PageProps>((props) => {
  const section = useText(sectionTexts);
  const text = useText(suiteTexts);
  const status = useStatusText();
  const format = useFormat();
  const show = useShow();
  const versions = useSignal(false);
  const variables = useComputed$(() => ({ id: props.params['id'] ?? '' }));
  const { state, refresh$ } = useQuery(suiteQuery, variables, { keepFor: 'suites' });
  return (
    <div class="stack">
      {show(state.value, {
        loading: <Skeleton rows={3} height={180} />,
        retry$: refresh$,
        ready: ({ suite }) => {
          if (suite === null)
            return (
              <>
                <PageTitle text={section('suites')} />
                <Empty icon="suite" sentence={text('unknown')}>
                  <ButtonLink href="/suites" label={text('all')} />
                </Empty>
              </>
            );
          const [last, previous] = suite.runs;
          return (
            <>
              <PageTitle text={suite.name}>
                {last !== undefined && previous !== undefined && (
                  <ButtonLink
                    href={`/compare?runs=${previous.id},${last.id}`}
                    icon="compare"
                    label={text('compareLast')}
                  />
                )}
                <Button
                  icon="down"
                  label={text('versions')}
                  onClick$={() => {
                    versions.value = true;
                  }}
                />
                <Button
                  icon="download"
                  label={text('download')}
                  onClick$={() => saveFile(`${suite.name}.yaml`, suite.yaml)}
                />
                <ButtonLink href={`/suites/${suite.id}/edit`} icon="settings" label={text('edit')} />
                <ButtonLink href={`/new?suite=${suite.id}`} icon="play" kind="primary" label={text('run')} />
              </PageTitle>
              <p class="soft">{suite.description}</p>
              <SuiteHistory
                suiteId={suite.id}
                finished={suite.runs.filter(({ status: one }) => one === 'SUCCEEDED').length}
              />
              <VersionSheet
                open={versions.value}
                versions={suite.versions.map(({ version, yaml, createdAt }) => ({
                  version,
                  text: yaml,
                  createdAt,
                  labels: [],
                }))}
                onClose$={() => {
                  versions.value = false;
                }}
                onLoad$={async (older: string) => {
                  await keep(draftKey('suite', suite.id), older);
                  navigate(`/suites/${suite.id}/edit`);
                }}
              />
              <div class="columns">
                <Card title={text('runs')}>
                  {suite.runs.length === 0 && <p class="soft">{text('noRuns')}</p>}
                  <ul class="stack">
                    {suite.runs.map((run) => (
                      <li key={run.id} class="stack tight">
                        <div class="row between">
                          <a href={`/runs/${run.id}`}>{run.name}</a>
                          <StatusBadge status={run.status} text={status} />
                        </div>
                        <p class="soft small">
                          {format.dateTime(run.createdAt)} · {text('progress', run.progress)}
                        </p>
                        <ScoresLine metrics={run.metrics} format={format} most={3} />
                      </li>
                    ))}
                  </ul>
                </Card>
                <Card title={text('yaml')} aside={<CopyButton text={suite.yaml} iconOnly={true} />}>
                  <p class="row">
                    {suite.bundled && <span class="chip">{text('bundled')}</span>}
                    <span class="chip">{text('version', { version: suite.version })}</span>
                  </p>
                  <pre class="code" tabIndex={0}>
                    {suite.yaml}
                  </pre>
                </Card>
              </div>
            </>
          );
        },
      })}
    </div>
  );
});
