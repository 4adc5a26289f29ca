// The one place that knows ApexCharts (4.7.0, the last version under MIT): turns a spec into its options.
import ApexCharts, { type ApexOptions } from 'apexcharts';
import type { Format } from '../i18n/format.ts';
import { type ChartSpec, heightOf, thin } from './chart-spec.ts';
import { colourOf } from './palette.ts';

/** A drawn chart. */
export interface DrawnChart {
  /** Draws another state of the same chart; nothing moves. */
  update(spec: ChartSpec, look: ChartLook): Promise<void>;
  destroy(): void;
}

/** What a chart takes from its surroundings. */
export interface ChartLook {
  readonly dark: boolean;
  readonly format: Format;
  /** Width in pixels. */
  readonly width: number;
}

/** Draws into an element. */
export async function drawChart(element: HTMLElement, spec: ChartSpec, look: ChartLook): Promise<DrawnChart> {
  const chart = new ApexCharts(element, optionsOf(spec, look));
  await chart.render();
  return {
    update: async (next, nextLook) => {
      await chart.updateOptions(optionsOf(next, nextLook), false, false, false);
    },
    destroy: () => chart.destroy(),
  };
}

/** The library's options for a spec. */
export function optionsOf(spec: ChartSpec, look: ChartLook): ApexOptions {
  const { dark, format } = look;
  const soft = dark ? '#a3b3c9' : '#475569';
  const grid = dark ? '#24324a' : '#e2e8f0';
  const colours = spec.series.map((series, index) => colourOf(series.colour ?? index, dark));
  const drawn = drawSeries(spec, colours, dark);
  const horizontal = spec.kind === 'interval';
  const x = spec.x.unit === 'time' ? 'datetime' : spec.x.unit === 'name' ? 'category' : 'numeric';
  const value = (given: number) => format.quantity(given, spec.y.unit);
  const tick = (given: number) => (spec.y.unit === 'ratio' ? format.percent(given, 0) : value(given));
  const along = (given: number | string) => writeAlong(given, spec, format);
  return {
    chart: {
      type: drawn.type,
      height: heightOf(spec),
      width: '100%',
      animations: { enabled: false },
      toolbar: { show: false },
      zoom: { enabled: false },
      background: 'transparent',
      foreColor: soft,
      fontFamily: 'inherit',
      parentHeightOffset: 0,
      redrawOnParentResize: true,
    },
    theme: { mode: dark ? 'dark' : 'light' },
    series: drawn.series,
    colors: drawn.colours,
    dataLabels: { enabled: false },
    fill: { type: 'solid', opacity: drawn.opacity },
    stroke: { curve: 'straight', width: drawn.stroke },
    grid: {
      borderColor: grid,
      padding: { top: horizontal && !spec.marks?.length ? -16 : 0, right: 16 },
      xaxis: { lines: { show: horizontal } },
      yaxis: { lines: { show: !horizontal } },
    },
    legend: {
      show: spec.series.length > 1,
      position: 'bottom',
      showForSingleSeries: false,
      customLegendItems: [],
    },
    plotOptions: {
      bar: {
        horizontal,
        rangeBarGroupRows: false,
        barHeight: '70%',
        columnWidth: '96%',
        borderRadius: horizontal ? 3 : 0,
      },
    },
    markers: { size: 0 },
    xaxis: horizontal
      ? {
          ...bounds(spec.y),
          tickAmount: look.width < 500 ? 5 : 10,
          title: { text: spec.y.label, style: { fontWeight: 500 } },
          labels: { formatter: (given: string) => tick(Number(given)), hideOverlappingLabels: true },
          axisBorder: { show: false },
        }
      : {
          type: x,
          ...bounds(spec.x),
          tickAmount: look.width < 500 ? 4 : 8,
          title: { text: spec.x.label, style: { fontWeight: 500 } },
          labels: {
            formatter: (_: string, stamp?: number) => along(stamp ?? _),
            rotate: 0,
            hideOverlappingLabels: true,
          },
          axisBorder: { show: false },
          tooltip: { enabled: false },
        },
    yaxis: horizontal
      ? { labels: { maxWidth: look.width < 500 ? 130 : 260 } }
      : {
          ...bounds(spec.y),
          title: { text: spec.y.label, style: { fontWeight: 500 } },
          labels: { formatter: tick },
        },
    annotations: {
      yaxis: (spec.levels ?? []).map((level) => ({
        y: level.at,
        borderColor: soft,
        strokeDashArray: 4,
        label: { text: level.label, position: 'left', textAnchor: 'start', ...annotationLabel(soft) },
      })),
      xaxis: [
        ...(spec.regions ?? []).map((region, index) => ({
          x: region.from,
          x2: region.to,
          fillColor: colourOf(index, dark),
          opacity: 0.12,
          borderColor: 'transparent',
          label: {
            text: look.width > 30 * (spec.regions?.length ?? 0) ? region.label : '',
            orientation: 'horizontal',
            position: 'top',
            ...annotationLabel(soft),
          },
        })),
        ...(spec.marks ?? []).map((mark) => ({
          x: mark.at,
          borderColor: soft,
          strokeDashArray: 4,
          label: { text: mark.label, orientation: 'vertical', ...annotationLabel(soft) },
        })),
      ],
    },
    tooltip: {
      shared: spec.kind !== 'interval' && spec.kind !== 'histogram',
      intersect: false,
      x: { formatter: (given: number) => along(given) },
      ...(horizontal
        ? { custom: (hover: HoverPlace) => intervalTooltip(hover, spec, format) }
        : { y: { formatter: value } }),
    },
  } as unknown as ApexOptions;
}

interface HoverPlace {
  readonly seriesIndex: number;
  readonly dataPointIndex: number;
}

function intervalTooltip(hover: HoverPlace, spec: ChartSpec, format: Format): HTMLElement {
  const series = spec.series[hover.seriesIndex];
  const point = series?.points[hover.dataPointIndex];
  const box = document.createElement('div');
  box.className = 'chart-tooltip';
  const write = (end: number | null | undefined) => format.quantity(end, spec.y.unit);
  box.textContent =
    point === undefined
      ? ''
      : `${series?.name ?? ''} · ${point.x}: ${write(point.y)} [${write(point.low)}, ${write(point.high)}]`;
  return box;
}

function annotationLabel(soft: string): object {
  return { borderColor: 'transparent', style: { color: soft, background: 'transparent' } };
}

function bounds(axis: { min?: number; max?: number }): object {
  return {
    ...(axis.min !== undefined && { min: axis.min }),
    ...(axis.max !== undefined && { max: axis.max }),
  };
}

function writeAlong(given: number | string, spec: ChartSpec, format: Format): string {
  const number = Number(given);
  if (spec.x.unit === 'name' || Number.isNaN(number)) return String(given);
  if (spec.x.unit === '') return format.number(number, 0);
  return spec.x.unit === 'time' ? format.time(number) : format.quantity(number, spec.x.unit);
}

interface DrawnSeries {
  readonly type: string;
  readonly series: readonly object[];
  readonly colours: readonly string[];
  readonly opacity: number | readonly number[];
  readonly stroke: number | readonly number[];
}

function drawSeries(spec: ChartSpec, colours: readonly string[], dark: boolean): DrawnSeries {
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
