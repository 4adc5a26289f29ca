// Every score of every run beside each other, the baseline first.
import { TableScroll } from '../../component/table-scroll.tsx';
import type { Format } from '../../i18n/format.ts';
import type { Comparison, ComparisonRow } from './compare-query.ts';
import type { CompareText } from './texts.ts';
import { rowNames, signed, verdictOf } from './verdict.ts';
import { VerdictBadge } from './verdict-list.tsx';

/** A row a score, a column a run; each candidate with its difference and verdict. */
export const SideTable = (props: { comparison: Comparison; text: CompareText; format: Format }) => {
  const { text, format } = props;
  const { baseline, candidates, rows } = props.comparison;
  const nameOf = rowNames(rows.map((row) => ({ ...row, candidateModel: row.baselineModel })));
  const groups = Map.groupBy(
    rows,
    (row) =>
      nameOf({ ...row, candidateModel: row.baselineModel }) +
      (row.filter === 'none' ? '' : ` (${row.filter})`),
  );
  const write = (value: number, row: ComparisonRow) =>
    row.unit === 'score' ? format.percent(value) : format.number(value, 4);
  return (
    <TableScroll label={text('sideBySide')}>
      <table class="side-table">
        <thead>
          <tr>
            <th scope="col">{text('score')}</th>
            {[baseline, ...candidates].map((run, index) => (
              <th key={run.id} scope="col" class="number">
                {String.fromCharCode(65 + index)} · {run.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...groups].map(([name, group]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{group[0] === undefined ? '–' : write(group[0].baselineMean, group[0])}</td>
              {candidates.map((candidate) => (
                <td key={candidate.id} class="number">
                  {group
                    .filter((row) => row.candidateRunId === candidate.id)
                    .map((row) => (
                      <div key={row.candidateModel} class="side-cell">
                        <span>
                          {write(row.candidateMean, row)}{' '}
                          <span class="soft small">({signed(row.difference, row.unit, format)})</span>
                        </span>
                        <VerdictBadge verdict={verdictOf(row)} text={text} />
                      </div>
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
};
