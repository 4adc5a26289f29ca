// Measurements as bars and words.
import { describe, expect, it } from 'vitest';
import { formatFor } from '../../i18n/format.ts';
import { longerTrace, machineFacts, readingsOf, traceLength, tracePoints } from './reading.ts';

const sample = {
  workerId: 'w',
  at: '2026-11-01T00:00:00Z',
  cpu: 0.5,
  memoryUsedBytes: 8e9,
  memoryTotalBytes: 16e9,
  processRssBytes: 1e9,
  diskUsedBytes: null,
  diskTotalBytes: null,
  temperatureC: 61.4,
  cpuPowerWatts: null,
  gpus: [
    {
      index: 0,
      name: 'L4',
      utilization: null,
      memoryUsedBytes: 1e9,
      memoryTotalBytes: 4e9,
      powerWatts: 54.2,
      temperatureC: null,
    },
  ],
};

describe('readingsOf', () => {
  const readings = readingsOf(sample, formatFor('en'));

  it('leaves out what the machine does not tell', () => {
    expect(readings.map(({ name }) => name)).toEqual(['cpu', 'memory', 'worker', 'gpu', 'gpuMemory']);
  });

  it('gives shares and values with units', () => {
    expect(readings[0]).toEqual({ name: 'cpu', detail: '', share: 0.5, value: '50% · 61 °C' });
    expect(readings[1]).toMatchObject({ share: 0.5, value: '8 GB / 16 GB' });
    expect(readings[3]).toMatchObject({ detail: '0 · L4', share: undefined, value: '54 W' });
  });
});

describe('the trace', () => {
  it('slides', () => {
    const full = Array.from({ length: traceLength }, () => 0);
    expect(longerTrace(full, 1)).toHaveLength(traceLength);
    expect(longerTrace(full, 1).at(-1)).toBe(1);
  });

  it('stands at the right while it is short', () => {
    expect(tracePoints([0, 1])).toBe('58,1.000 59,0.000');
  });
});

it('writes a machine line by line', () => {
  expect(machineFacts({ cpu: { model: 'X', cores: 4 }, gpus: [{ name: 'L4' }], os: '', none: null })).toEqual(
    [
      ['cpu.model', 'X'],
      ['cpu.cores', '4'],
      ['gpus.0.name', 'L4'],
    ],
  );
});
