// HardwareSeries and HardwareSample: what the machines did, over time and now.
import type { HardwareSample as HardwareRow } from '@bancada/prisma';
import { builder, reads } from '../builder.ts';
import type { HardwareSeries as Series } from '../hardware-series.ts';

/** One graphics processor at one moment. */
export interface GpuReading {
  readonly index: number;
  readonly name: string;
  readonly utilization?: number | null;
  readonly memoryUsedBytes?: number | null;
  readonly memoryTotalBytes?: number | null;
  readonly powerWatts?: number | null;
  readonly temperatureC?: number | null;
}

const HardwarePoint = builder.objectRef<Series['points'][number]>('HardwarePoint').implement({
  authScopes: reads,
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: ({ at }) => new Date(at) }),
    value: t.exposeFloat('value'),
  }),
});

/** GraphQL type `HardwareSeries`. */
export const HardwareSeries = builder.objectRef<Series>('HardwareSeries').implement({
  authScopes: reads,
  fields: (t) => ({
    workerId: t.exposeID('workerId'),
    node: t.exposeString('node'),
    metric: t.exposeString('metric', {
      description: '`cpu`, `memory`, `processRss`, …; with `gpu0.` before what belongs to a GPU.',
    }),
    unit: t.exposeString('unit', { description: '`ratio`, `bytes`, `celsius` or `watts`.' }),
    points: t.field({
      type: [HardwarePoint],
      description: 'Thinned so that the shape stays (largest triangle three buckets).',
      resolve: ({ points }) => [...points],
    }),
  }),
});

const GpuSample = builder.objectRef<GpuReading>('GpuSample').implement({
  authScopes: reads,
  fields: (t) => ({
    index: t.exposeInt('index'),
    name: t.exposeString('name'),
    utilization: t.exposeFloat('utilization', { nullable: true, description: '0 to 1.' }),
    memoryUsedBytes: t.exposeFloat('memoryUsedBytes', { nullable: true }),
    memoryTotalBytes: t.exposeFloat('memoryTotalBytes', { nullable: true }),
    powerWatts: t.exposeFloat('powerWatts', { nullable: true }),
    temperatureC: t.exposeFloat('temperatureC', { nullable: true }),
  }),
});

/** GraphQL type `HardwareSample`. */
export const HardwareSample = builder.objectRef<HardwareRow>('HardwareSample').implement({
  authScopes: reads,
  fields: (t) => ({
    workerId: t.exposeID('workerId'),
    at: t.expose('at', { type: 'DateTime' }),
    cpu: t.exposeFloat('cpu', { description: '0 to 1, over all cores.' }),
    memoryUsedBytes: t.exposeFloat('memoryUsedBytes'),
    memoryTotalBytes: t.exposeFloat('memoryTotalBytes'),
    processRssBytes: t.exposeFloat('processRssBytes'),
    diskUsedBytes: t.exposeFloat('diskUsedBytes', { nullable: true }),
    diskTotalBytes: t.exposeFloat('diskTotalBytes', { nullable: true }),
    temperatureC: t.exposeFloat('temperatureC', { nullable: true }),
    cpuPowerWatts: t.exposeFloat('cpuPowerWatts', { nullable: true }),
    gpus: t.field({ type: [GpuSample], resolve: ({ gpus }) => gpus as unknown as GpuReading[] }),
  }),
});
