// The machines under the workers: live once a second, and over time.
import { $, component$, useComputed$, useSignal, useStore, useVisibleTask$ } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Empty } from '../../component/empty.tsx';
import '../../component/entry.css';
import { SelectField } from '../../component/field.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useSubscription } from '../../live/use-subscription.ts';
import { setSearch } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { hardwareCharts, hardwareTexts } from '../run/hardware-chart.ts';
import './hardware.css';
import { type HardwareSample, hardwareSubscription, type Machine, machinesQuery } from './hardware-query.ts';
import { MachineCard } from './machine-card.tsx';
import { longerTrace } from './reading.ts';
import { machineTexts } from './texts.ts';

/** Minutes that can be looked back. */
const ranges = [10, 60, 360, 1440] as const;

/** Milliseconds between two readings of the past. */
const refreshEvery = 5_000;

/** `/hardware?minutes=`. */
export const HardwarePage = component$<PageProps>(() => {
  const section = useText(sectionTexts);
  const text = useText(machineTexts);
  const format = useFormat();
  const place = usePlace();
  const show = useShow();
  const live = useStore<{ samples: Record<string, HardwareSample>; traces: Record<string, number[]> }>({
    samples: {},
    traces: {},
  });
  const variables = useComputed$(() => ({
    minutes: ranges.find((minutes) => String(minutes) === searchValue(place, 'minutes')) ?? 10,
  }));
  const { state, refresh$ } = useQuery(machinesQuery, variables, { keepFor: 'hardware' });
  useSubscription(
    hardwareSubscription,
    useSignal({}),
    $(({ hardware }: { hardware: HardwareSample }) => {
      live.samples[hardware.workerId] = hardware;
      live.traces[hardware.workerId] = longerTrace(live.traces[hardware.workerId] ?? [], hardware.cpu);
    }),
  );
  useVisibleTask$(
    ({ cleanup }) => {
      const timer = setInterval(() => {
        if (!document.hidden && navigator.onLine) refresh$();
      }, refreshEvery);
      cleanup(() => clearInterval(timer));
    },
    { strategy: 'document-ready' },
  );
  return (
    <div class="stack">
      <PageTitle text={section('hardware')}>
        <ButtonLink href="/queue" icon="queue" label={text('queue')} />
      </PageTitle>
      {show(state.value, {
        loading: <Skeleton rows={3} height={220} />,
        retry$: refresh$,
        ready: ({ workers }) => {
          if (workers.length === 0) return <Empty icon="hardware" sentence={text('none')} />;
          const alive = workers.filter((worker) => worker.alive);
          const gone = workers.filter((worker) => !worker.alive);
          const card = (machine: Machine) => (
            <MachineCard
              key={machine.id}
              machine={machine}
              sample={live.samples[machine.id]}
              trace={live.traces[machine.id] ?? []}
              text={text}
              format={format}
            />
          );
          return (
            <>
              <div class="columns">{alive.map(card)}</div>
              {gone.length > 0 && (
                <details class="card">
                  <summary>{text('gones', { n: gone.length })}</summary>
                  <div class="columns">{gone.map(card)}</div>
                </details>
              )}
              <History workers={workers} minutes={variables.value.minutes} />
            </>
          );
        },
      })}
    </div>
  );
});

const History = component$<{ workers: readonly Machine[]; minutes: number }>((props) => {
  const text = useText(machineTexts);
  const words = useText(hardwareTexts);
  const format = useFormat();
  const charts = hardwareCharts(
    props.workers.flatMap((worker) => worker.hardware).filter((one) => one.points.length > 0),
    [],
    words,
    format,
  );
  return (
    <section class="stack">
      <div class="row between">
        <h2>{text('history')}</h2>
        <SelectField
          id="minutes"
          label={text('range')}
          quietLabel={true}
          value={String(props.minutes)}
          options={ranges.map((minutes) => ({
            value: String(minutes),
            label: minutes < 60 ? text('minutes', { n: minutes }) : text('hours', { n: minutes / 60 }),
          }))}
          onChange$={(_, element) => setSearch({ minutes: element.value })}
        />
      </div>
      {charts.length === 0 && <p class="soft">{text('noHistory')}</p>}
      <div class="columns">
        {charts.map((spec) => (
          <Card key={spec.title}>
            <Chart spec={spec} />
          </Card>
        ))}
      </div>
    </section>
  );
});
