// How far the weights of a model have come.
import { ProgressBar } from '../../component/progress.tsx';
import type { Format } from '../../i18n/format.ts';
import type { Words } from './model-card.tsx';
import type { ModelRow } from './models-query.ts';

/** A bar with bytes; what failed is told beside it. */
export const DownloadProgress = (props: {
  download: NonNullable<ModelRow['download']>;
  text: Words;
  format: Format;
}) => {
  const { download, text, format } = props;
  const done = text('progress', {
    done: format.bytes(download.bytes),
    total: format.bytes(download.totalBytes),
  });
  return (
    <div class="stack small" data-testid="download">
      <ProgressBar done={download.bytes} total={download.totalBytes} label={text('fetching')} />
      <span class="soft number">
        {download.state === 'waiting' ? text('waiting') : done} {download.file ?? ''}
      </span>
    </div>
  );
};
