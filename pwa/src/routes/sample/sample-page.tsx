// One sample: what was asked, found, answered and expected, and what was measured on it.
import { $, component$, useComputed$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button, ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { Icon } from '../../component/icon.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { navigate } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { useShortcuts } from '../../shell/shortcut.ts';
import { Contexts, Input, Output, Target } from './answer.tsx';
import { Requests, Scores, Timings } from './measures.tsx';
import { Neighbours } from './neighbours.tsx';
import './sample.css';
import { useWide } from '../../shell/wide.ts';
import { type SampleDetail, sampleQuery } from './sample-query.ts';
import { type SampleText, sampleTexts } from './texts.ts';

/** `/runs/:id/samples/:sid`. */
export const SamplePage = component$<PageProps>((props) => {
  const text = useText(sampleTexts);
  const status = useStatusText();
  const format = useFormat();
  const show = useShow();
  const place = usePlace();
  const wide = useWide();
  const variables = useComputed$(() => ({
    runId: props.params['id'] ?? '',
    id: props.params['sid'] ?? '',
  }));
  const runId = props.params['id'] ?? '';
  const { state, refresh$ } = useQuery(sampleQuery, variables, { keepFor: runId });
  useShortcuts(
    $((key: string) => {
      const now = state.value;
      if ((now.status !== 'ready' && now.status !== 'stale') || now.data.node?.__typename !== 'Sample')
        return;
      // Until the next one has arrived, the last one's neighbours are not those of the address.
      if (now.data.node.id !== props.params['sid']) return;
      const { next, previous, nextFailing } = now.data.node;
      const target = { j: next, k: previous, f: nextFailing }[key];
      if (target) navigate(`/runs/${props.params['id'] ?? ''}/samples/${target.id}${place.search}`);
    }),
  );
  return (
    <div class="stack">
      {show(state.value, {
        loading: <Skeleton rows={5} height={120} />,
        retry$: refresh$,
        ready: ({ run, node }) => {
          if (node?.__typename !== 'Sample')
            return (
              <>
                <PageTitle text={text('title', { item: '' })} />
                <Empty icon="search" sentence={text('none')}>
                  <ButtonLink
                    href={`/runs/${runId}/samples`}
                    label={text('back', { run: run?.name ?? '' })}
                  />
                </Empty>
              </>
            );
          const parts = { sample: node, text, format, wide: wide.value };
          return (
            <>
              <a class="back-link" href={`/runs/${runId}/samples${place.search}`}>
                <Icon name="previous" size={16} />
                {text('back', { run: run?.name ?? runId })}
              </a>
              <PageTitle text={text('title', { item: node.item })}>
                <StatusBadge status={node.outcome} text={status} />
              </PageTitle>
              <About sample={node} text={text} />
              {run?.status === 'RUNNING' && <p class="notice">{text('active')}</p>}
              {node.outcome === 'FAILED' && (
                <p class="notice bad" role="alert">
                  <Icon name="failed" />
                  <span>
                    {text('failed')} <strong>{node.failureReason}</strong> {node.failureMessage}
                  </span>
                </p>
              )}
              <div class="sample-panes">
                {wide.value && (
                  <Neighbours runId={runId} evaluationId={node.evaluationId} current={node.id} />
                )}
                <div class="stack">
                  <Target {...parts} />
                  <Output {...parts} />
                  <Contexts {...parts} />
                  <Input {...parts} />
                </div>
                <div class="stack">
                  <Scores {...parts} />
                  <Requests {...parts} />
                  <Timings {...parts} />
                </div>
              </div>
              <Steps sample={node} runId={runId} search={place.search} text={text} />
            </>
          );
        },
      })}
    </div>
  );
});

const About = ({ sample, text }: { sample: SampleDetail; text: SampleText }) => (
  <p class="row">
    {[sample.task, sample.model, sample.variant, sample.itemId].map((part) => (
      <span key={part} class="chip">
        {part}
      </span>
    ))}
    {sample.repeat > 0 && <span class="chip">{text('repeat', { repeat: sample.repeat + 1 })}</span>}
  </p>
);

/** The way to the neighbours; kept in reach of the thumb on a phone. */
const Steps = (props: { sample: SampleDetail; runId: string; search: string; text: SampleText }) => {
  const { sample, text } = props;
  const href = (id: string) => `/runs/${props.runId}/samples/${id}${props.search}`;
  return (
    <nav class="sample-steps" aria-label={text('next')}>
      {sample.previous === null ? (
        <Button icon="previous" label={text('previous')} why={text('atEnd')} />
      ) : (
        <ButtonLink icon="previous" label={text('previous')} href={href(sample.previous.id)} />
      )}
      {sample.next === null ? (
        <Button icon="next" label={text('next')} why={text('atEnd')} />
      ) : (
        <ButtonLink icon="next" label={text('next')} href={href(sample.next.id)} />
      )}
      {sample.nextFailing === null ? (
        <Button icon="wrong" label={text('nextFailing')} why={text('atEnd')} />
      ) : (
        <ButtonLink
          icon="wrong"
          kind="primary"
          label={text('nextFailing')}
          href={href(sample.nextFailing.id)}
        />
      )}
      <span class="soft small only-wide">{text('keys')}</span>
    </nav>
  );
};
