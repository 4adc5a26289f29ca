// The versions of a data set, newest first, each with what changed since the one before.
import { CopyButton } from '../../component/copy-button.tsx';
import type { Format } from '../../i18n/format.ts';
import type { Dataset, DatasetWords } from './dataset-page.tsx';
import { type VersionChange, versionChanges } from './version-diff.ts';

/** Links show the rows of a version. */
export const VersionList = (props: { dataset: Dataset; text: DatasetWords; format: Format }) => {
  const { dataset, text, format } = props;
  return (
    <ul class="stack">
      {dataset.versions.map((version, index) => {
        const older = dataset.versions[index + 1];
        const changes = older === undefined ? undefined : versionChanges(older.splits, version.splits);
        return (
          <li key={version.id} class="import-row">
            <p class="row">
              <strong>
                <a
                  href={`/datasets/${encodeURIComponent(dataset.name)}${index === 0 ? '' : `?version=${version.version}`}`}
                >
                  {text('version', { version: version.version })}
                </a>
              </strong>
              {index === 0 && <span class="chip">{text('newest')}</span>}
              <span class="soft small">{format.dateTime(version.createdAt)}</span>
              <code class="soft">sha256 {version.sha256.slice(0, 12)}…</code>
              <CopyButton text={version.sha256} iconOnly={true} />
            </p>
            <p class="row">
              {version.splits.map((split) => (
                <span key={split.name} class="chip">
                  {split.name} · {split.rows === null ? text('rowsUnknown') : text('rows', { n: split.rows })}
                </span>
              ))}
            </p>
            {changes?.map((change) => (
              <p key={`${change.type}-${change.split}`} class="soft small">
                {describe(change, text, format)}
              </p>
            ))}
            {changes?.length === 0 && <p class="soft small">{text('noChange')}</p>}
          </li>
        );
      })}
    </ul>
  );
};

function describe(change: VersionChange, text: DatasetWords, format: Format): string {
  const { split } = change;
  if (change.type === 'rowsChanged') {
    return text('rowsChanged', {
      split,
      before: format.number(change.before),
      after: format.number(change.after),
    });
  }
  if (change.type === 'splitAdded') return text('splitAdded', { split, rows: format.number(change.rows) });
  if ('columns' in change) return text(change.type, { split, columns: change.columns.join(', ') });
  return text(change.type, { split });
}
