// The series of a spec as ApexCharts draws them, by the kind of chart.
import { type ChartSpec, thin } from './chart-spec.ts';

/** The parts of the library's options that depend on the kind of chart. */
export interface DrawnSeries {
  readonly type: string;
  readonly series: readonly object[];
  readonly colours: readonly string[];
  readonly opacity: number | readonly number[];
  readonly stroke: number | readonly number[];
  readonly dashes?: readonly number[];
  readonly markers?: object;
}

/** The series as the library draws them. */
export function drawSeries(spec: ChartSpec, colours: readonly string[], dark: boolean): DrawnSeries {
  const { series } = spec;
  switch (spec.kind) {
    case 'interval':
      return {
        type: 'rangeBar',
        series: series.map(({ name, points }, index) => ({
          name,
          data: points.map((point) => ({
            x: point.x,
            y: [point.low ?? point.y, point.high ?? point.y],
            goals:
              point.y === null
                ? []
                : [
                    {
                      name: spec.y.label,
                      value: point.y,
                      strokeWidth: 3,
                      strokeHeight: 12,
                      strokeColor: dark ? '#ffffff' : '#0f172a',
                    },
                  ],
            fillColor: colours[index],
          })),
        })),
        colours,
        opacity: 0.65,
        stroke: 0,
      };
    case 'band':
      return {
        type: 'rangeArea',
        series: [
          ...series.map(({ name, points }) => ({
            type: 'rangeArea',
            name: `${name} (95 %)`,
            data: thin(points).map((point) => ({
              x: point.x,
              y: [point.low ?? point.y, point.high ?? point.y],
            })),
          })),
          ...series.map(({ name, points }) => ({
            type: 'line',
            name,
            data: thin(points).map((point) => ({ x: point.x, y: point.y })),
          })),
        ],
        colours: [...colours, ...colours],
        opacity: [...colours.map(() => 0.2), ...colours.map(() => 1)],
        stroke: [...colours.map(() => 0), ...colours.map(() => 2)],
      };
    case 'scatter':
      return drawScatter(spec, colours, dark);
    case 'heatmap':
      return {
        type: 'heatmap',
        // The library draws the last series on top.
        series: series
          .map(({ name, points }) => ({ name, data: points.map(({ x, y }) => ({ x, y })) }))
          .toReversed(),
        colours,
        opacity: 1,
        stroke: 2,
      };
    default:
      return {
        type: spec.kind === 'histogram' ? 'bar' : spec.kind,
        series: series.map(({ name, points }) => ({
          name,
          data: thin(points).map((point) => ({ x: point.x, y: point.y })),
        })),
        colours,
        opacity: spec.kind === 'area' ? 0.15 : spec.kind === 'histogram' ? 0.85 : 1,
        stroke: spec.kind === 'histogram' ? 0 : 2,
      };
  }
}

/** Marked points are larger diamonds on a dashed line. */
function drawScatter(spec: ChartSpec, colours: readonly string[], dark: boolean): DrawnSeries {
  const soft = dark ? '#a3b3c9' : '#475569';
  const marked = spec.series
    .filter((series) => series.marked === true)
    .flatMap(({ points }) => points)
    .toSorted((a, b) => Number(a.x) - Number(b.x));
  const path = marked.length > 1 && spec.path !== undefined ? [{ name: spec.path, points: marked }] : [];
  return {
    type: 'line',
    series: [
      ...spec.series.map(({ name, points }) => ({
        type: 'scatter',
        name,
        data: points.map(({ x, y }) => ({ x, y })),
      })),
      ...path.map(({ name, points }) => ({ type: 'line', name, data: points.map(({ x, y }) => ({ x, y })) })),
    ],
    colours: [...colours, soft],
    opacity: 1,
    stroke: [...spec.series.map(() => 0), 2],
    dashes: [...spec.series.map(() => 0), 5],
    markers: {
      size: [...spec.series.map(({ marked: is }) => (is === true ? 10 : 7)), 0],
      shape: [...spec.series.map(({ marked: is }) => (is === true ? 'diamond' : 'circle')), 'circle'],
      strokeWidth: 0,
      hover: { sizeOffset: 2 },
    },
  };
}
