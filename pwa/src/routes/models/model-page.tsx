// One model: what it is, what it can do, what its file says; probed again, changed, deleted.
import { $, component$, useComputed$, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { Skeleton } from '../../component/skeleton.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useActivity } from '../../live/use-activity.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { CapabilityBadges } from './capability-badges.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { DownloadProgress } from './download-progress.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { cardFacts, kindName, ModelFaults, StateBadge } from './model-card.tsx';
import { ModelDetails } from './model-details.tsx';
import './models.css';
import { modelQuery, retryMutation } from './models-query.ts';
import { noProbe, type ProbeView, probeLive } from './probe-live.ts';
import { ProbeResult } from './probe-result.tsx';
import { modelTexts } from './texts.ts';

/** `/models/:id`. */
export const ModelPage = component$<PageProps>((props) => {
  const text = useText(modelTexts);
  const section = useText(sectionTexts);
  const format = useFormat();
  const show = useShow();
  const offline = useOffline();
  const id = props.params.id ?? '';
  const variables = useComputed$(() => ({ id: props.params.id ?? '' }));
  const { state, refresh$ } = useQuery(modelQuery, variables);
  const shown = useStore({ edit: false, delete: false });
  const probe = useStore<ProbeView>(noProbe());
  useActivity(
    $(({ kind }) => {
      if (kind === 'model.changed') refresh$();
    }),
  );
  return (
    <div class="stack">
      {show(state.value, {
        loading: <Skeleton rows={3} height={120} />,
        retry$: refresh$,
        ready: ({ node }) => {
          if (node?.__typename !== 'Model')
            return (
              <>
                <PageTitle text={section('models')} />
                <Empty icon="model" sentence={text('unknown')} />
              </>
            );
          const checks = probe.status === 'idle' ? (node.endpoint?.checks ?? []) : [];
          return (
            <>
              <PageTitle text={node.name}>
                {node.endpoint !== null && (
                  <Button
                    icon="retry"
                    label={text('probeAgain')}
                    busy={probe.status === 'asking'}
                    why={offline}
                    onClick$={async () => {
                      await probeLive({ modelId: id }, probe);
                      if (probe.status === 'found') Object.assign(probe, noProbe());
                      refresh$();
                    }}
                  />
                )}
                {!node.bundled && (
                  <>
                    <Button
                      icon="settings"
                      label={text('edit')}
                      why={offline}
                      onClick$={() => {
                        shown.edit = true;
                      }}
                    />
                    <Button
                      icon="delete"
                      kind="danger"
                      label={text('delete')}
                      why={offline}
                      onClick$={() => {
                        shown.delete = true;
                      }}
                    />
                  </>
                )}
              </PageTitle>
              <section class="card" data-model={node.name}>
                <div class="row">
                  <StateBadge model={node} text={text} />
                  <span class="chip">{kindName(node.kind, text)}</span>
                  <span class="chip">{node.provider}</span>
                  {node.bundled && <span class="chip">{text('bundled')}</span>}
                </div>
                {node.description !== null && <p class="soft">{node.description}</p>}
                <ModelFaults model={node} />
                {node.download !== null && (
                  <DownloadProgress download={node.download} text={text} format={format} />
                )}
                {node.download?.state === 'failed' && (
                  <div class="row">
                    <Button
                      icon="retry"
                      label={text('retry')}
                      why={offline}
                      onClick$={async () => {
                        await runMutation(retryMutation, { id });
                        refresh$();
                      }}
                    />
                  </div>
                )}
                <CapabilityBadges checks={checks} reasons={true} />
                <ProbeResult probe={probe} />
                <dl class="definition">
                  {cardFacts(node, text, format).map(([name, value]) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                  {node.endpoint?.hasKey && (
                    <div>
                      <dt>{text('key')}</dt>
                      <dd>{text('keyKept')}</dd>
                    </div>
                  )}
                </dl>
                <a href={`/runs?model=${encodeURIComponent(node.name)}`}>{text('runs')}</a>
              </section>
              <ModelDetails model={node} />
              <EditDialog
                key={`edit-${String(shown.edit)}`}
                model={node}
                open={shown.edit}
                onClose$={() => {
                  shown.edit = false;
                  refresh$();
                }}
              />
              <DeleteDialog
                model={node}
                dependents={node.dependents}
                open={shown.delete}
                onClose$={() => {
                  shown.delete = false;
                }}
              />
            </>
          );
        },
      })}
      <p>
        <a href="/models">{text('all')}</a>
      </p>
    </div>
  );
});
