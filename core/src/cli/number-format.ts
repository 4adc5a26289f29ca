// How numbers are written for people: scores with their interval, rates, durations.
import type { MetricRecord } from '../run/record.ts';

/** `0.934`, `12.31`, `1,234`: three to four significant digits. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  if (size >= 100) return value.toFixed(1);
  if (size >= 10) return value.toFixed(2);
  const text = value.toFixed(3);
  return text === '-0.000' ? '0.000' : text;
}

/** `[0.912, 0.951]`, or a dash when the interval cannot be had. */
export function formatInterval(metric: Pick<MetricRecord, 'ciLow' | 'ciHigh'>): string {
  return metric.ciLow === undefined || metric.ciHigh === undefined
    ? '-'
    : `[${formatNumber(metric.ciLow)}, ${formatNumber(metric.ciHigh)}]`;
}

/** `3 s`, `2 min 05 s`, `1 h 04 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** `p < 0.001` or `p = 0.042`. */
export function formatProbability(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}
