// The jobs by state, and the workers that do them.
import { component$, useComputed$, useVisibleTask$ } from '@builder.io/qwik';
import { Badge, StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Button, ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { Paging } from '../../component/list-page.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { Tabs } from '../../component/tabs.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { type Format, useFormat } from '../../i18n/format.ts';
import { messages, type Text, useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { JobControl } from './job-control.tsx';
import './queue.css';
import { type Job, type QueueWorker, queueQuery } from './queue-query.ts';
import { RunOrder } from './run-order.tsx';

const texts = messages({
  en: {
    states: 'Jobs by state',
    all: 'All',
    refresh: 'Refresh',
    none: 'No job is waiting or running.',
    noneOfState: 'No job is in this state.',
    newRun: 'New run',
    jobs: 'Jobs',
    workers: 'Workers',
    noWorkers: 'No worker has reported yet. Jobs wait until one does: `npm start` brings one.',
    alive: 'Alive',
    gone: 'Gone',
    queue: 'Queue',
    attempt: 'Attempt {n} of {max}',
    since: 'running since {time}',
    created: 'created {time}',
    due: 'due {time}',
    run: 'To the run',
    heartbeat: 'last heard {time}',
    hardware: 'Hardware',
    process: 'process {pid} · version {version}',
  },
  'pt-BR': {
    states: 'Tarefas da fila por estado',
    all: 'Todas',
    refresh: 'Atualizar',
    none: 'Nenhum trabalho em espera ou em execução.',
    noneOfState: 'Nenhum trabalho neste estado.',
    newRun: 'Nova execução',
    jobs: 'Trabalhos',
    workers: 'Workers',
    noWorkers: 'Nenhum worker apareceu ainda. Os trabalhos esperam por um: `npm start` inicia um.',
    alive: 'Ativo',
    gone: 'Sumiu',
    queue: 'Fila',
    attempt: 'Tentativa {n} de {max}',
    since: 'em execução desde {time}',
    created: 'criado {time}',
    due: 'previsto {time}',
    run: 'Ver a execução',
    heartbeat: 'último sinal {time}',
    hardware: 'Hardware',
    process: 'processo {pid} · versão {version}',
  },
});

type Words = Text<keyof (typeof texts)['en']>;

const states = ['RUNNING', 'WAITING', 'FAILED'] as const;

/** Milliseconds between two looks at the queue; jobs have no stream of their own. */
const lookEvery = 3_000;

/** `/queue?state=`. */
export const QueuePage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(texts);
  const status = useStatusText();
  const format = useFormat();
  const place = usePlace();
  const show = useShow();
  const variables = useComputed$(() => ({
    state: states.find((state) => state === searchValue(place, 'state')) ?? null,
    after: searchValue(place, 'after') || null,
  }));
  const { state, refresh$ } = useQuery(queueQuery, variables);
  useVisibleTask$(
    ({ cleanup }) => {
      const timer = setInterval(() => {
        if (document.visibilityState === 'visible' && navigator.onLine) refresh$();
      }, lookEvery);
      cleanup(() => clearInterval(timer));
    },
    { strategy: 'document-ready' },
  );
  return (
    <div class="stack">
      <PageTitle text={section('queue')}>
        <Button icon="retry" label={text('refresh')} onClick$={refresh$} />
      </PageTitle>
      {show(state.value, {
        loading: <Skeleton rows={5} height={88} />,
        retry$: refresh$,
        ready: (data) => {
          const counts = {
            RUNNING: data.running.totalCount,
            WAITING: data.waiting.totalCount,
            FAILED: data.failed.totalCount,
          };
          const chosen = variables.value.state;
          // As a name of its own: a property handed on would be taken for one that never changes.
          const { runQueue } = data;
          return (
            <>
              {runQueue.length > 0 && <RunOrder runs={runQueue} onChanged$={refresh$} />}
              <Tabs
                label={text('states')}
                tabs={[
                  { href: '/queue', label: text('all'), current: chosen === null },
                  ...states.map((name) => ({
                    href: `/queue?state=${name}`,
                    label: `${status(name)} · ${format.number(counts[name])}`,
                    current: chosen === name,
                  })),
                ]}
              />
              {data.jobs.nodes.length === 0 ? (
                <Empty icon="queue" sentence={text(chosen === null ? 'none' : 'noneOfState')}>
                  <ButtonLink href="/new" icon="add" label={text('newRun')} />
                </Empty>
              ) : (
                <ul class="entries">
                  {data.jobs.nodes.map((job) => (
                    <li key={job.id} class="card">
                      <div class="card-head">
                        <h2>{job.task}</h2>
                        <StatusBadge status={job.state} text={status} />
                      </div>
                      <JobFacts job={job} text={text} format={format} />
                      <JobControl job={job} onChanged$={refresh$} />
                    </li>
                  ))}
                </ul>
              )}
              <Paging {...data.jobs.pageInfo} />
              <Card
                title={text('workers')}
                aside={<ButtonLink href="/hardware" icon="hardware" label={text('hardware')} />}
              >
                {data.workers.length === 0 && <p class="notice warn">{text('noWorkers')}</p>}
                <ul class="stack">
                  {data.workers.map((worker) => (
                    <WorkerLine key={worker.id} worker={worker} text={text} format={format} />
                  ))}
                </ul>
              </Card>
            </>
          );
        },
      })}
    </div>
  );
});

const JobFacts = ({ job, text, format }: { job: Job; text: Words; format: Format }) => {
  const when =
    job.lockedAt !== null
      ? text('since', { time: format.time(job.lockedAt) })
      : new Date(job.runAt).getTime() > Date.now()
        ? text('due', { time: format.dateTime(job.runAt) })
        : text('created', { time: format.ago(job.createdAt) });
  return (
    <>
      <p class="soft small">
        {[
          ...(job.queue === null ? [] : [`${text('queue')}: ${job.queue}`]),
          when,
          ...(job.attempts > 1 || job.state === 'FAILED'
            ? [text('attempt', { n: job.attempts, max: job.maxAttempts })]
            : []),
        ].join(' · ')}
      </p>
      {job.lastError !== null && <pre class="code job-error">{job.lastError}</pre>}
      {job.runId !== null && <a href={`/runs/${job.runId}`}>{text('run')}</a>}
    </>
  );
};

const WorkerLine = (props: { worker: QueueWorker; text: Words; format: Format }) => {
  const { worker, text, format } = props;
  return (
    <li class="row between">
      <span>
        <strong>{worker.node}</strong>{' '}
        {worker.labels.map((label) => (
          <span key={label} class="chip">
            {label}
          </span>
        ))}
        <span class="soft small block">
          {text('process', { pid: String(worker.pid), version: worker.version })} ·{' '}
          {text('heartbeat', { time: format.ago(worker.heartbeatAt) })}
        </span>
      </span>
      <Badge
        tone={worker.alive ? 'good' : 'bad'}
        icon={worker.alive ? 'live' : 'offline'}
        label={text(worker.alive ? 'alive' : 'gone')}
      />
    </li>
  );
};
