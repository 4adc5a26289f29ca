// What a chart shows, told without any library's words: the picture and its table are both made from it.

/** The most points of a series that are drawn. */
const mostPoints = 500;

/**
 * `interval`: a tick with its interval for each name (scores, differences); `histogram`: counts over bins;
 * `band`: a line within its interval; `line` and `area`: values over time or numbers; `scatter`: a point a series;
 * `heatmap`: a row a series, a column a name of the points, shares from 0 to 1.
 */
type ChartKind = 'interval' | 'histogram' | 'band' | 'line' | 'area' | 'scatter' | 'heatmap';

/** An axis; `unit` as in `Format.quantity`, or `time` for milliseconds since 1970, or `name` for categories. */
export interface ChartAxis {
  readonly label: string;
  readonly unit: string;
  readonly min?: number;
  readonly max?: number;
  /** Steps between the two, an even number: a phone has half of them. */
  readonly ticks?: number;
}

/** `low` and `high` are the interval's ends. */
export interface ChartPoint {
  readonly x: number | string;
  readonly y: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

/** One model, one GPU, one measurement. */
interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** Its place in the palette; its place among the series unless given. */
  readonly colour?: number;
  /** Of a scatter chart: stands out, and lies on the `path`. */
  readonly marked?: boolean;
}

/** Everything a chart is. */
export interface ChartSpec {
  readonly kind: ChartKind;
  readonly title: string;
  /** What the chart says, in one sentence; stands under it and is read to screen readers. */
  readonly summary: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
  /** Stretches of the x axis with a name: the phases of a run. */
  readonly regions?: readonly { readonly from: number; readonly to: number; readonly label: string }[];
  /** Lines across: percentiles of a histogram, the zero of a difference. */
  readonly marks?: readonly { readonly at: number; readonly label: string }[];
  /** Lines along: a bound on the y axis. */
  readonly levels?: readonly { readonly at: number; readonly label: string }[];
  /** Name of the line through the marked points of a scatter chart. */
  readonly path?: string;
  /** Pixels; by the number of rows for `interval` and `heatmap`, else 280. */
  readonly height?: number;
}

/** Whether there is anything to draw. */
export function hasPoints(spec: ChartSpec): boolean {
  return spec.series.some((series) => series.points.some((point) => point.y !== null));
}

/** At most `most` of the points, evenly chosen, both ends among them. */
export function thin<Point>(points: readonly Point[], most: number = mostPoints): readonly Point[] {
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => points[Math.round(index * step)] as Point);
}

/** Pixels that a chart takes. */
export function heightOf(spec: ChartSpec): number {
  if (spec.height !== undefined) return spec.height;
  if (spec.kind === 'heatmap') return 150 + spec.series.length * 44;
  if (spec.kind !== 'interval') return 280;
  const names = new Set(spec.series.flatMap((series) => series.points.map((point) => point.x))).size;
  return 72 + names * Math.max(1, spec.series.length) * 22 + names * 10;
}

/** Pixels that a chart is at least wide; where the page is narrower it scrolls. */
export function leastWidthOf(spec: ChartSpec): number | undefined {
  return spec.kind === 'heatmap' ? 120 + columnsOf(spec) * 40 : undefined;
}

/** Names along the x axis. */
export function columnsOf(spec: ChartSpec): number {
  return new Set(spec.series.flatMap((series) => series.points.map((point) => point.x))).size;
}
