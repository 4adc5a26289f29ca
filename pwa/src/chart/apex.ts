// The one place that knows ApexCharts (4.7.0, the last version under MIT): turns a spec into its options.
import ApexCharts, { type ApexOptions } from 'apexcharts';
import type { Format } from '../i18n/format.ts';
import { drawSeries } from './apex-series.ts';
import { type ChartSpec, columnsOf, heightOf } from './chart-spec.ts';
import { heatColours } from './heat.ts';
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
function optionsOf(spec: ChartSpec, look: ChartLook): ApexOptions {
  const { dark, format } = look;
  const soft = dark ? '#a3b3c9' : '#475569';
  const surface = dark ? '#111b2e' : '#ffffff';
  const grid = dark ? '#24324a' : '#e2e8f0';
  const colours = spec.series.map((series, index) => colourOf(series.colour ?? index, dark));
  const drawn = drawSeries(spec, colours, dark);
  const horizontal = spec.kind === 'interval';
  const heat = spec.kind === 'heatmap';
  const narrow = look.width < 500;
  const crowded = heat && look.width < 130 + columnsOf(spec) * 130;
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
    dataLabels: {
      enabled: heat,
      formatter: tick,
      style: { fontSize: crowded ? '11px' : '13px', fontWeight: 600 },
    },
    fill: { type: 'solid', opacity: drawn.opacity },
    stroke: {
      curve: 'straight',
      width: drawn.stroke,
      dashArray: drawn.dashes ?? 0,
      ...(heat && { colors: [surface] }),
    },
    grid: {
      borderColor: grid,
      padding: { top: horizontal && !spec.marks?.length ? -16 : 0, right: 16 },
      xaxis: { lines: { show: horizontal } },
      yaxis: { lines: { show: !horizontal } },
    },
    legend: {
      show: spec.series.length > 1 && !heat,
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
      heatmap: { radius: 3, enableShades: false, colorScale: { ranges: heatColours(dark) } },
    },
    markers: drawn.markers ?? { size: 0 },
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
          tickAmount: spec.x.ticks === undefined ? (narrow ? 4 : 8) : spec.x.ticks / (narrow ? 2 : 1),
          title: { text: spec.x.label, style: { fontWeight: 500 } },
          labels: {
            // Two times of day beside each other leave a phone no room for seconds.
            formatter: (_: string, stamp?: number) =>
              narrow && spec.x.unit === 'time' ? format.clock(stamp ?? _) : along(stamp ?? _),
            rotate: crowded ? -45 : 0,
            rotateAlways: crowded,
            hideOverlappingLabels: true,
          },
          axisBorder: { show: false },
          tooltip: { enabled: false },
        },
    yaxis: heat
      ? { labels: { maxWidth: look.width < 500 ? 110 : 260, formatter: String } }
      : horizontal
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
      shared: !['interval', 'histogram', 'scatter', 'heatmap'].includes(spec.kind),
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
