// A number together with its interval.
import type { Format } from '../i18n/format.ts';

/** What an estimate says; `value` of a score between 0 and 1 is written as percent. */
export interface EstimateValue {
  readonly value: number;
  readonly ciLow?: number | null;
  readonly ciHigh?: number | null;
  /** As in `Format.quantity`; `ratio` unless given. */
  readonly unit?: string;
}

/** `61.3 % [58.2, 64.4]`; a value without an interval stands alone. */
export function writeEstimate(estimate: EstimateValue, format: Format): string {
  const { value, ciLow, ciHigh, unit = 'ratio' } = estimate;
  const centre = format.quantity(value, unit);
  if (ciLow === null || ciLow === undefined || ciHigh === null || ciHigh === undefined) return centre;
  const bound = (end: number) =>
    unit === 'ratio' ? format.number(end * 100, 1) : format.number(end, Math.abs(end) < 10 ? 3 : 1);
  return `${centre} [${bound(ciLow)}, ${bound(ciHigh)}]`;
}

/** A number with its interval in a softer colour. */
export const Estimate = (props: { estimate: EstimateValue; format: Format }) => {
  const [centre = '', interval] = writeEstimate(props.estimate, props.format).split(' [');
  return (
    <span class="number">
      <strong>{centre}</strong>
      {interval !== undefined && <span class="soft small"> [{interval}</span>}
    </span>
  );
};
