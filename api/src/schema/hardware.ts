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
  description: 'One value of a series.',
  authScopes: reads,
  fields: (t) => ({
    at: t.field({
      description: 'When it was measured.',
      type: 'DateTime',
      resolve: ({ at }) => new Date(at),
    }),
    value: t.exposeFloat('value', { description: 'In the unit of the series.' }),
  }),
});

/** GraphQL type `HardwareSeries`. */
export const HardwareSeries = builder.objectRef<Series>('HardwareSeries').implement({
  description: 'One measurement over time.',
  authScopes: reads,
  fields: (t) => ({
    workerId: t.exposeID('workerId', {
      description: 'The worker that measured; of several on one machine the first.',
    }),
    node: t.exposeString('node', { description: 'Name of the machine.' }),
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
  description: 'A graphics processor at one moment.',
  authScopes: reads,
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Its number on the machine, from 0.' }),
    name: t.exposeString('name', { description: 'As its driver tells it.' }),
    utilization: t.exposeFloat('utilization', { nullable: true, description: '0 to 1.' }),
    memoryUsedBytes: t.exposeFloat('memoryUsedBytes', {
      description: 'Bytes in use; null when not readable.',
      nullable: true,
    }),
    memoryTotalBytes: t.exposeFloat('memoryTotalBytes', {
      description: 'Bytes it has; null when not readable.',
      nullable: true,
    }),
    powerWatts: t.exposeFloat('powerWatts', {
      description: 'Watts; null when not readable.',
      nullable: true,
    }),
    temperatureC: t.exposeFloat('temperatureC', {
      description: 'Degrees Celsius; null when not readable.',
      nullable: true,
    }),
  }),
});

/** GraphQL type `HardwareSample`. */
export const HardwareSample = builder.objectRef<HardwareRow>('HardwareSample').implement({
  description: 'A machine at one moment.',
  authScopes: reads,
  fields: (t) => ({
    workerId: t.exposeID('workerId', { description: 'The worker that measured.' }),
    at: t.expose('at', { description: 'When it was measured.', type: 'DateTime' }),
    cpu: t.exposeFloat('cpu', { description: '0 to 1, over all cores.' }),
    memoryUsedBytes: t.exposeFloat('memoryUsedBytes', { description: 'Bytes in use on the machine.' }),
    memoryTotalBytes: t.exposeFloat('memoryTotalBytes', { description: 'Bytes the machine has.' }),
    processRssBytes: t.exposeFloat('processRssBytes', {
      description: 'Resident bytes of the worker and its model processes.',
    }),
    diskUsedBytes: t.exposeFloat('diskUsedBytes', {
      description: 'Bytes in use where results live; null when not readable.',
      nullable: true,
    }),
    diskTotalBytes: t.exposeFloat('diskTotalBytes', {
      description: 'Bytes of that disk; null when not readable.',
      nullable: true,
    }),
    temperatureC: t.exposeFloat('temperatureC', {
      description: 'Degrees Celsius of the processor; null when not readable.',
      nullable: true,
    }),
    cpuPowerWatts: t.exposeFloat('cpuPowerWatts', {
      description: 'Watts of the processor; null when not readable.',
      nullable: true,
    }),
    gpus: t.field({
      description: 'Graphics processors; empty when there is none.',
      type: [GpuSample],
      resolve: ({ gpus }) => gpus as unknown as GpuReading[],
    }),
  }),
});
