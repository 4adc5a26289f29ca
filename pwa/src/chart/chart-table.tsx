// The table twin of a chart: the same numbers for the keyboard, for screen readers and to copy.
import { CopyButton } from '../component/copy-button.tsx';
import { TableScroll } from '../component/table-scroll.tsx';
import type { Format } from '../i18n/format.ts';
import { type ChartAxis, type ChartPoint, type ChartSpec, thin } from './chart-spec.ts';

/** Rows of a chart, ready to be shown or copied. */
export interface ChartRows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Headings that the spec cannot know. */
export interface TableWords {
  readonly series: string;
  readonly low: string;
  readonly high: string;
  readonly copy: string;
}

/** One row for each point, in the order of the series; intervals get two columns of their own. */
function chartRows(spec: ChartSpec, format: Format, words: TableWords): ChartRows {
  const several = spec.series.length > 1;
  const intervals = spec.series.some((series) =>
    series.points.some((point) => typeof point.low === 'number'),
  );
  const head = [
    ...(several ? [words.series] : []),
    spec.x.label,
    spec.y.label,
    ...(intervals ? [words.low, words.high] : []),
  ];
  const rows = spec.series.flatMap((series) =>
    thin(series.points).map((point) => [
      ...(several ? [series.name] : []),
      writeX(point, spec.x, format),
      format.quantity(point.y, spec.y.unit),
      ...(intervals
        ? [format.quantity(point.low, spec.y.unit), format.quantity(point.high, spec.y.unit)]
        : []),
    ]),
  );
  return { head, rows };
}

/** RFC 4180 with the chart's numbers as they are, not as a language writes them. */
function chartCsv(spec: ChartSpec): string {
  const cell = (value: string | number | null | undefined) =>
    typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value ?? '');
  const lines = spec.series.flatMap((series) =>
    series.points.map((point) => [series.name, point.x, point.y, point.low, point.high].map(cell).join(',')),
  );
  return ['series,x,y,low,high', ...lines].join('\r\n');
}

function writeX(point: ChartPoint, axis: ChartAxis, format: Format): string {
  if (typeof point.x === 'string') return point.x;
  return axis.unit === 'time' ? format.time(point.x) : format.quantity(point.x, axis.unit);
}

/** The table itself, with a button that copies it as CSV. */
export const ChartTable = (props: { spec: ChartSpec; format: Format; words: TableWords }) => {
  const { head, rows } = chartRows(props.spec, props.format, props.words);
  const text =
    head.length - (props.spec.series.some((s) => s.points.some((p) => typeof p.low === 'number')) ? 3 : 1);
  return (
    <div class="stack tight">
      <TableScroll class="chart-table" label={props.spec.title}>
        <table>
          <thead>
            <tr>
              {head.map((name, index) => (
                <th key={name} class={index >= text ? 'number' : undefined} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((value, column) => (
                  <td key={column} class={column >= text ? 'number' : undefined}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <div>
        <CopyButton text={chartCsv(props.spec)} label={props.words.copy} />
      </div>
    </div>
  );
};
