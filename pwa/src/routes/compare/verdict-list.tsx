// Every compared score: as a table on a desktop, as cards on a phone.
import { Badge } from '../../component/badge.tsx';
import type { Format } from '../../i18n/format.ts';
import type { ComparisonRow } from './compare-query.ts';
import type { CompareText } from './texts.ts';
import { modelsOf, signed, type Verdict, verdictOf, writeDifference, writeP } from './verdict.ts';

interface ListProps {
  readonly rows: readonly ComparisonRow[];
  /** Names of the candidates by run id; shown when there are several. */
  readonly names: ReadonlyMap<string, string>;
  readonly text: CompareText;
  readonly format: Format;
}

const looks = {
  better: ['good', 'ok'],
  worse: ['bad', 'wrong'],
  unclear: ['plain', 'info'],
} as const;

/** A verdict as an icon and a word. */
export const VerdictBadge = (props: { verdict: Verdict; text: CompareText }) => {
  const [tone, icon] = looks[props.verdict];
  return <Badge tone={tone} icon={icon} label={props.text(props.verdict)} />;
};

/** For wide windows. */
export const VerdictTable = ({ rows, names, text, format }: ListProps) => (
  <div class="table-scroll" tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th scope="col">{text('score')}</th>
          {names.size > 1 && <th scope="col">{text('candidate')}</th>}
          <th scope="col">{text('verdict')}</th>
          <th scope="col" class="number">
            {text('baseline')}
          </th>
          <th scope="col" class="number">
            {text('candidate')}
          </th>
          <th scope="col" class="number">
            {text('difference')}
          </th>
          <th scope="col" class="number">
            {text('p')}
          </th>
          <th scope="col" class="number">
            {text('pairs')}
          </th>
          <th scope="col" class="number">
            {text('detectable')}
          </th>
          <th scope="col" class="number">
            {text('fixed')} / {text('broken')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <td>
              <ScoreName row={row} />
            </td>
            {names.size > 1 && <td>{names.get(row.candidateRunId)}</td>}
            <td>
              <VerdictBadge verdict={verdictOf(row)} text={text} />
            </td>
            <td class="number">{mean(row.baselineMean, row, format)}</td>
            <td class="number">{mean(row.candidateMean, row, format)}</td>
            <td class="number">{writeDifference(row, text('points'), format)}</td>
            <td class="number">{writeP(row.pAdjusted, format).replace(/^p = /, '')}</td>
            <td class="number" title={text('unpaired', { n: row.unpaired })}>
              {format.number(row.n)}
            </td>
            <td class="number">
              {row.detectable === null ? '–' : signed(row.detectable, row.unit, format).replace('+', '±')}
            </td>
            <td class="number">
              {format.number(row.fixedCount)} / {format.number(row.brokenCount)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** For phones. */
export const VerdictCards = ({ rows, names, text, format }: ListProps) => (
  <ul class="verdict-cards">
    {rows.map((row) => (
      <li key={keyOf(row)}>
        <div class="row between">
          <ScoreName row={row} />
          <VerdictBadge verdict={verdictOf(row)} text={text} />
        </div>
        {names.size > 1 && <p class="small">{names.get(row.candidateRunId)}</p>}
        <p>
          <strong class="number">{writeDifference(row, text('points'), format)}</strong>
        </p>
        <p class="soft small">
          {mean(row.baselineMean, row, format)} → {mean(row.candidateMean, row, format)} ·{' '}
          {writeP(row.pAdjusted, format)} · n = {format.number(row.n)}
          {row.unpaired > 0 && ` · ${text('unpaired', { n: row.unpaired })}`}
        </p>
        <p class="soft small">
          {text('fixed')} {format.number(row.fixedCount)} · {text('broken')} {format.number(row.brokenCount)}
        </p>
      </li>
    ))}
  </ul>
);

const ScoreName = ({ row }: { row: ComparisonRow }) => (
  <span>
    <strong>{row.task}</strong>
    <span class="soft small block">
      {[
        row.variant,
        row.filter === 'none' ? row.metric : `${row.metric} (${row.filter})`,
        modelsOf(row),
      ].join(' · ')}
    </span>
  </span>
);

function mean(value: number, row: ComparisonRow, format: Format): string {
  return row.unit === 'score' ? format.percent(value) : format.number(value, 4);
}

/** Tells the rows of a comparison apart. */
export function keyOf(
  row: Pick<
    ComparisonRow,
    'candidateRunId' | 'task' | 'variant' | 'metric' | 'filter' | 'baselineModel' | 'candidateModel'
  >,
): string {
  return [
    row.candidateRunId,
    row.task,
    row.variant,
    row.metric,
    row.filter,
    row.baselineModel,
    row.candidateModel,
  ].join('|');
}
