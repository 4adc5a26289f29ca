// Everything that can be taken out of a run, as links to files.
import { Icon } from '../component/icon.tsx';
import { messages, type Text, useText } from '../i18n/text.ts';

const texts = messages({
  en: {
    export: 'Export',
    partial: 'The run is not over: the files hold what is finished.',
    samples: 'Samples',
    metrics: 'Metrics',
    whole: 'Whole run',
    hardware: 'Hardware',
    logs: 'Log',
  },
  'pt-BR': {
    export: 'Exportar',
    partial: 'A execução não terminou: os arquivos trazem o que está pronto.',
    samples: 'Amostras',
    metrics: 'Métricas',
    whole: 'Execução inteira',
    hardware: 'Hardware',
    logs: 'Registro',
  },
});

/** The words of `ExportMenu`. */
export function useExportText(): Text<keyof (typeof texts)['en']> {
  return useText(texts);
}

const files = [
  ['samples', 'samples', 'csv', 'CSV'],
  ['samples', 'samples', 'jsonl', 'JSONL'],
  ['samples', 'samples', 'parquet', 'Parquet'],
  ['metrics', 'metrics', 'csv', 'CSV'],
  ['metrics', 'metrics', 'parquet', 'Parquet'],
  ['whole', 'export', 'json', 'JSON'],
  ['whole', 'export', 'markdown', 'Markdown'],
  ['whole', 'export', 'sqlite', 'SQLite'],
  ['whole', 'export', 'lm-eval', 'lm-eval JSON'],
  ['hardware', 'hardware', 'csv', 'CSV'],
  ['hardware', 'hardware', 'parquet', 'Parquet'],
  ['logs', 'logs', 'jsonl', 'JSONL'],
] as const;

/** `active`: the run is not over, so only a partial export can be had. `text` from `useExportText`. */
export const ExportMenu = (props: {
  runId: string;
  active: boolean;
  text: ReturnType<typeof useExportText>;
}) => (
  <details class="menu">
    <summary class="button">
      <Icon name="download" />
      {props.text('export')}
    </summary>
    <div class="menu-list">
      {props.active && <p class="soft small menu-note">{props.text('partial')}</p>}
      {files.map(([word, part, format, name]) => (
        <a
          key={part + format}
          download
          href={`/api/v1/runs/${props.runId}/${part}?format=${format}${props.active ? '&partial=true' : ''}`}
        >
          {props.text(word)} · {name}
        </a>
      ))}
    </div>
  </details>
);
