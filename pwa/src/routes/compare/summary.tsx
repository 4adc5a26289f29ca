// What a comparison says, in sentences: one a candidate, and what it rests on.
import { Card } from '../../component/card.tsx';
import type { Format } from '../../i18n/format.ts';
import type { Comparison, ComparisonRow } from './compare-query.ts';
import type { CompareText } from './texts.ts';
import { rowNames, tally, verdictOf, writeDifference, writeP } from './verdict.ts';
import { VerdictBadge } from './verdict-list.tsx';

/** As many scores as a sentence is followed by. */
const named = 3;

/** One sentence a candidate, then the scores in which it differs most. */
export const Summary = (props: { comparison: Comparison; text: CompareText; format: Format }) => {
  const { text, format } = props;
  const { baseline, candidates, rows } = props.comparison;
  const nameOf = rowNames(rows);
  return (
    <Card>
      {candidates.map((candidate) => {
        const own = rows.filter((row) => row.candidateRunId === candidate.id);
        if (own.length === 0) return null;
        return (
          <div key={candidate.id} class="stack tight">
            <p class="summary">{sentence(own, candidate.name, baseline.name, text, format)}</p>
            {own.length > 1 && (
              <ul class="stack tight list">
                {mostDifferent(own).map((row) => (
                  <li key={nameOf(row) + row.filter} class="row">
                    <VerdictBadge verdict={verdictOf(row)} text={text} />
                    <strong>{nameOf(row)}</strong>
                    <span class="number wrap">
                      {writeDifference(row, text('points'), format)}, {writeP(row.pAdjusted, format)}, n ={' '}
                      {format.number(row.n)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
      <p class="soft small">{text('method')}</p>
    </Card>
  );
};

function sentence(
  own: readonly ComparisonRow[],
  candidate: string,
  baseline: string,
  text: CompareText,
  format: Format,
): string {
  const [row] = own;
  if (own.length > 1 || row === undefined)
    return text('overall', { candidate, baseline, n: own.length, ...tally(own) });
  const verdict = verdictOf(row);
  return text(verdict === 'unclear' ? 'unclearSingle' : 'single', {
    candidate,
    baseline,
    verdict: text(verdict),
    difference: writeDifference(row, text('points'), format),
    p: writeP(row.pAdjusted, format),
    n: row.n,
  });
}

/** The scores with a verdict, those with the largest effect first. */
function mostDifferent(rows: readonly ComparisonRow[]): ComparisonRow[] {
  return rows
    .filter((row) => verdictOf(row) !== 'unclear')
    .toSorted((a, b) => Math.abs(b.effectSize ?? 0) - Math.abs(a.effectSize ?? 0))
    .slice(0, named);
}
