// A measurement as the bars and words of a card; and the trace of the last minute.
import type { Format } from '../../i18n/format.ts';
import type { HardwareSample, Machine } from './hardware-query.ts';

/** Names of what is read. */
export type ReadingName = 'cpu' | 'memory' | 'worker' | 'disk' | 'gpu' | 'gpuMemory';

/** One line of a card; `share` between 0 and 1 where there is a whole to compare with. */
export interface Reading {
  readonly name: ReadingName;
  /** Tells GPUs apart. */
  readonly detail: string;
  readonly share: number | undefined;
  readonly value: string;
}

/** Points of the trace. */
export const traceLength = 60;

/** What a measurement says, in the order of the card; what the machine does not tell is left out. */
export function readingsOf(sample: HardwareSample, format: Format): Reading[] {
  const extras = (watts: number | null, celsius: number | null) => [
    ...(watts === null ? [] : [`${format.number(watts, 0)} W`]),
    ...(celsius === null ? [] : [`${format.number(celsius, 0)} °C`]),
  ];
  const { memoryUsedBytes, memoryTotalBytes, diskUsedBytes, diskTotalBytes } = sample;
  const cpu = [format.percent(sample.cpu, 0), ...extras(sample.cpuPowerWatts, sample.temperatureC)];
  return [
    { name: 'cpu', detail: '', share: bounded(sample.cpu), value: cpu.join(' · ') },
    filled('memory', '', memoryUsedBytes, memoryTotalBytes, format),
    {
      name: 'worker',
      detail: '',
      share: bounded(sample.processRssBytes / memoryTotalBytes),
      value: format.bytes(sample.processRssBytes),
    },
    ...(diskUsedBytes === null || diskTotalBytes === null
      ? []
      : [filled('disk', '', diskUsedBytes, diskTotalBytes, format)]),
    ...sample.gpus.flatMap((gpu) => [
      {
        name: 'gpu' as const,
        detail: `${gpu.index} · ${gpu.name}`,
        share: gpu.utilization === null ? undefined : bounded(gpu.utilization),
        value: [
          ...(gpu.utilization === null ? [] : [format.percent(gpu.utilization, 0)]),
          ...extras(gpu.powerWatts, gpu.temperatureC),
        ].join(' · '),
      },
      ...(gpu.memoryUsedBytes === null || gpu.memoryTotalBytes === null
        ? []
        : [filled('gpuMemory', String(gpu.index), gpu.memoryUsedBytes, gpu.memoryTotalBytes, format)]),
    ]),
  ];
}

/** The lines that a card will have once its machine is measured: they keep their place from the start. */
export function awaitedReadings(machine: Pick<Machine, 'hardware'>): Reading[] {
  const known = machine.hardware.flatMap(({ metric }) => /^gpu(\d+)\./.exec(metric)?.[1] ?? []);
  const line = (name: ReadingName, detail = ''): Reading => ({ name, detail, share: 0, value: '–' });
  return [
    ...(['cpu', 'memory', 'worker', 'disk'] as const).map((name) => line(name)),
    ...[...new Set(known)].flatMap((index) => [line('gpu', index), line('gpuMemory', index)]),
  ];
}

function filled(name: ReadingName, detail: string, used: number, total: number, format: Format): Reading {
  return {
    name,
    detail,
    share: bounded(used / total),
    value: `${format.bytes(used)} / ${format.bytes(total)}`,
  };
}

function bounded(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** The trace with the newest value at its end. */
export function longerTrace(trace: readonly number[], value: number): number[] {
  return [...trace, value].slice(-traceLength);
}

/** The trace as the points of an SVG polyline in a box of `traceLength` by 1; the newest stands at the right. */
export function tracePoints(trace: readonly number[]): string {
  return trace
    .map((value, index) => `${traceLength - trace.length + index},${(1 - bounded(value)).toFixed(3)}`)
    .join(' ');
}

/** The plain values of a machine's description, one line each: `cpu.model` → its text. */
export function machineFacts(machine: unknown, prefix = ''): [string, string][] {
  if (typeof machine !== 'object' || machine === null) return [];
  return Object.entries(machine).flatMap(([key, value]): [string, string][] => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (value === null || value === undefined || value === '') return [];
    return typeof value === 'object' ? machineFacts(value, name) : [[name, String(value)]];
  });
}
