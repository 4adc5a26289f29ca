// A chart with its sentence and its table twin; the library is fetched when the chart comes into view.
import { component$, type NoSerialize, noSerialize, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Icon } from '../component/icon.tsx';
import { useFormat } from '../i18n/format.ts';
import { messages, useText } from '../i18n/text.ts';
import { usePreferences } from '../shell/preferences.ts';
import { isDark, watchTheme } from '../theme/theme.ts';
import type { DrawnChart } from './apex.ts';
import './chart.css';
import { type ChartSpec, hasPoints, heightOf, leastWidthOf } from './chart-spec.ts';
import { ChartTable } from './chart-table.tsx';

const texts = messages({
  en: {
    asTable: 'As a table',
    asChart: 'As a chart',
    series: 'Series',
    low: 'From',
    high: 'To',
    copy: 'Copy as CSV',
    none: 'No measurements yet.',
    broken: 'The chart could not be drawn; its table can.',
  },
  'pt-BR': {
    asTable: 'Como tabela',
    asChart: 'Como gráfico',
    series: 'Série',
    low: 'De',
    high: 'Até',
    copy: 'Copiar como CSV',
    none: 'Ainda sem medições.',
    broken: 'O gráfico não pôde ser desenhado; a tabela sim.',
  },
});

/** Milliseconds between two drawings of a live chart. */
const redrawEvery = 1_000;

/** A chart. Give it a new spec to change it. */
export const Chart = component$<{ spec: ChartSpec }>((props) => {
  const text = useText(texts);
  const format = useFormat();
  const preferences = usePreferences();
  const place = useSignal<HTMLElement>();
  const table = useSignal(false);
  const broken = useSignal(false);
  const seen = useSignal(false);
  const colours = useSignal(0);
  const drawn = useSignal<NoSerialize<DrawnChart>>();
  const redrawn = useSignal(0);

  useVisibleTask$(
    ({ track, cleanup }) => {
      const element = track(() => place.value);
      if (element === undefined) return;
      const observer = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.value = true;
        observer.disconnect();
      });
      observer.observe(element);
      const stop = watchTheme(() => {
        colours.value += 1;
      });
      cleanup(() => {
        stop();
        observer.disconnect();
        drawn.value?.destroy();
        drawn.value = undefined;
      });
    },
    { strategy: 'document-ready' },
  );

  useVisibleTask$(
    async ({ track, cleanup }) => {
      const spec = track(() => props.spec);
      const visible = track(() => seen.value);
      track(() => colours.value);
      track(() => preferences.language);
      const element = place.value;
      if (!visible || element === undefined || !hasPoints(spec)) return;
      let current = true;
      cleanup(() => {
        current = false;
      });
      const wait = redrawn.value + redrawEvery - Date.now();
      if (drawn.value !== undefined && wait > 0) await new Promise((done) => setTimeout(done, wait));
      if (!current) return;
      try {
        const { drawChart } = await import('./apex.ts');
        const look = { dark: isDark(), format, width: element.clientWidth };
        if (!current || !element.isConnected) return;
        redrawn.value = Date.now();
        if (drawn.value === undefined) drawn.value = noSerialize(await drawChart(element, spec, look));
        else await drawn.value.update(spec, look);
      } catch {
        broken.value = true;
        table.value = true;
      }
    },
    { strategy: 'document-ready' },
  );

  const { spec } = props;
  const width = leastWidthOf(spec);
  if (!hasPoints(spec))
    return (
      <figure class="chart">
        <h2 class="chart-title">{spec.title}</h2>
        <p class="soft">{text('none')}</p>
      </figure>
    );
  return (
    <figure class="chart">
      <div class="card-head">
        <h2 class="chart-title">{spec.title}</h2>
        <button
          type="button"
          class="button quiet small"
          aria-pressed={table.value ? 'true' : 'false'}
          onClick$={() => {
            table.value = !table.value;
          }}
        >
          <Icon name={table.value ? 'chart' : 'table'} />
          {text(table.value ? 'asChart' : 'asTable')}
        </button>
      </div>
      {broken.value && <p class="notice warn">{text('broken')}</p>}
      <div
        class={table.value ? 'chart-hidden' : 'chart-frame'}
        role="img"
        aria-label={`${spec.title}. ${spec.summary}`}
        tabIndex={width === undefined ? undefined : 0}
      >
        <div
          ref={place}
          class="chart-place"
          style={{
            minHeight: `${heightOf(spec)}px`,
            ...(width === undefined ? {} : { minWidth: `${width}px` }),
          }}
          aria-hidden="true"
        />
      </div>
      {table.value && (
        <ChartTable
          spec={spec}
          format={format}
          words={{ series: text('series'), low: text('low'), high: text('high'), copy: text('copy') }}
        />
      )}
      <figcaption class="soft small">{spec.summary}</figcaption>
    </figure>
  );
});
