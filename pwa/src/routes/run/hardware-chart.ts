// The machine under a run as charts, one for each kind of measurement, on the run's phases.
import type { ChartSpec } from '../../chart/chart-spec.ts';
import type { Format } from '../../i18n/format.ts';
import { messages, type Text } from '../../i18n/text.ts';

/** The words of the hardware charts. */
export const hardwareTexts = messages({
  en: {
    time: 'Time',
    cpu: 'Processor',
    memory: 'Memory in use',
    processRss: 'Memory of the worker',
    disk: 'Disk in use',
    temperature: 'Temperature',
    cpuPower: 'Power of the processor',
    gpuUtilization: 'GPU',
    gpuMemory: 'GPU memory',
    gpuPower: 'GPU power',
    gpuTemperature: 'GPU temperature',
    range: 'Between {low} and {high}.',
    none: 'No hardware measurements in the time of this run.',
    phases: 'Shaded, by number: the evaluations of the run.',
    worker: 'worker {n}',
  },
  'pt-BR': {
    time: 'Tempo',
    cpu: 'Processador',
    memory: 'Memória em uso',
    processRss: 'Memória do worker',
    disk: 'Disco em uso',
    temperature: 'Temperatura',
    cpuPower: 'Potência do processador',
    gpuUtilization: 'GPU',
    gpuMemory: 'Memória da GPU',
    gpuPower: 'Potência da GPU',
    gpuTemperature: 'Temperatura da GPU',
    range: 'Entre {low} e {high}.',
    none: 'Sem medições de hardware no tempo desta execução.',
    phases: 'Sombreado, por número: as avaliações da execução.',
    worker: 'worker {n}',
  },
});

type Words = Text<keyof (typeof hardwareTexts)['en']>;

/** One measurement of one worker over time. */
export interface MeasuredSeries {
  readonly workerId: string;
  readonly node: string;
  readonly metric: string;
  readonly unit: string;
  readonly points: readonly { readonly at: string; readonly value: number }[];
}

/** A stretch of time with a name. */
export interface MeasuredPhase {
  readonly label: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/** One chart for each kind of measurement; workers, and GPUs, are its series. */
export function hardwareCharts(
  series: readonly MeasuredSeries[],
  phases: readonly MeasuredPhase[],
  text: Words,
  format: Format,
): ChartSpec[] {
  const groups = Map.groupBy(series, (one) => kindOf(one.metric));
  const end = Math.max(...series.flatMap((one) => one.points.map((point) => Date.parse(point.at))));
  const regions = phases.map((phase, index) => ({
    from: Date.parse(phase.startedAt),
    to: phase.finishedAt === null ? end : Date.parse(phase.finishedAt),
    label: String(index + 1),
  }));
  return [...groups].map(([kind, members]) => {
    const unit = members[0]?.unit ?? '';
    const values = members.flatMap((one) => one.points.map((point) => point.value));
    const title = kind in hardwareTexts.en ? text(kind as keyof (typeof hardwareTexts)['en']) : kind;
    return {
      kind: 'area',
      title,
      summary: text('range', {
        low: format.quantity(Math.min(...values), unit),
        high: format.quantity(Math.max(...values), unit),
      }),
      x: { label: text('time'), unit: 'time' },
      y: {
        label: '',
        unit,
        ...(unit === 'ratio' && { min: 0, max: 1 }),
        ...(unit === 'bytes' && { min: 0 }),
      },
      series: members.map((one) => ({
        name: members.length === 1 ? title : nameOf(one, members, text),
        points: one.points.map((point) => ({ x: Date.parse(point.at), y: point.value })),
      })),
      regions,
      height: 220,
    };
  });
}

/** The machine, the GPU where it has several, and which worker where several are on one machine. */
function nameOf(one: MeasuredSeries, members: readonly MeasuredSeries[], text: Words): string {
  const nodes = new Set(members.map(({ node }) => node)).size;
  const workers = [
    ...new Set(members.filter(({ node }) => node === one.node).map(({ workerId }) => workerId)),
  ];
  const gpu = /^gpu\D*(\d+)/i.exec(one.metric)?.[1];
  const parts = [
    ...(nodes > 1 ? [one.node] : []),
    ...(workers.length > 1 ? [text('worker', { n: workers.indexOf(one.workerId) + 1 })] : []),
    ...(gpu === undefined ? [] : [`GPU ${gpu}`]),
  ];
  return parts.length === 0 ? one.node : parts.join(' · ');
}

/** `gpu0.memory` and `gpu1.memory` are one kind: `gpuMemory`. */
function kindOf(metric: string): string {
  const gpu = /^gpu\D*\d*\W?(\w+)$/i.exec(metric);
  if (gpu === null) return metric;
  const member = gpu[1] ?? '';
  return `gpu${member.charAt(0).toUpperCase()}${member.slice(1)}`;
}
