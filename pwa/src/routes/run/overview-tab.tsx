// What came out: scores with their intervals, how they settled, gates, warnings.
import { component$ } from '@builder.io/qwik';
import { Chart } from '../../chart/chart.tsx';
import { Badge, StatusBadge, useStatusText } from '../../component/badge.tsx';
import { Card } from '../../component/card.tsx';
import { Estimate } from '../../component/estimate.tsx';
import { Icon } from '../../component/icon.tsx';
import { TableScroll } from '../../component/table-scroll.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { headlineScores, scoreUnit, variantSuffix } from '../../run/headline.ts';
import { isFinished } from '../../run/run-status.ts';
import { scoresChart } from './overview-chart.ts';
import { runTexts } from './run-text.ts';
import { ScoreSoFar } from './score-so-far.tsx';
import type { TabProps } from './tab.ts';

/** `/runs/:id`. */
export const OverviewTab = component$<TabProps>((props) => {
  const text = useText(runTexts);
  const status = useStatusText();
  const format = useFormat();
  const { run } = props.state;
  const scores = run.metrics.filter((metric) => metric.kind === 'score' || metric.kind === 'retrieval');
  const charts = Map.groupBy(headlineScores(scores), (metric) =>
    scoreUnit(metric) === 'ratio' ? 'ratio' : metric.name,
  );
  const models = [...new Set(run.evaluations.map((evaluation) => evaluation.model))];
  const active = !isFinished(run.status);
  return (
    <div class="stack">
      {active && (
        <p class="notice">
          <Icon name="info" />
          {text('preliminary', { done: run.progress.done, total: run.progress.total })}
        </p>
      )}
      <div class="overview">
        <div class="stack">
          {scores.length === 0 && (
            <Card class={active ? 'scores-to-come' : ''}>
              <p class="soft">{text('noScores')}</p>
            </Card>
          )}
          {[...charts].map(([kind, metrics]) => (
            <Card key={kind}>
              <Chart spec={scoresChart(metrics, models, text)} />
            </Card>
          ))}
          {scores.length > 0 && <ScoreSoFar state={props.state} />}
        </div>
        <div class="stack">
          <Card>
            <dl class="facts">
              <div>
                <dt>{text('created')}</dt>
                <dd>{format.dateTime(run.createdAt)}</dd>
              </div>
              <div>
                <dt>{text('took')}</dt>
                <dd>{took(run.startedAt, run.finishedAt, format)}</dd>
              </div>
              <div>
                <dt>{text('suite')}</dt>
                <dd>
                  {run.suite === null ? (
                    '–'
                  ) : (
                    <a class="target" href={`/suites/${run.suite.id}`}>
                      {run.suite.name}
                    </a>
                  )}
                </dd>
              </div>
            </dl>
          </Card>
          <Card title={text('gates')}>
            {run.gates.length === 0 && <p class="soft">{text('noGates')}</p>}
            <ul class="stack tight list">
              {run.gates.map((gate) => (
                <li key={gate.message} class="row">
                  <Badge
                    tone={gate.passed ? 'good' : 'bad'}
                    icon={gate.passed ? 'ok' : 'wrong'}
                    label={text(gate.passed ? 'passed' : 'missed')}
                  />
                  <span class="wrap">{gate.message}</span>
                </li>
              ))}
            </ul>
          </Card>
          <Card title={text('warnings')}>
            {run.warnings.length === 0 && <p class="soft">{text('noWarnings')}</p>}
            <ul class="stack tight list">
              {run.warnings.map((warning) => (
                <li key={`${warning.code}${warning.evaluationId ?? ''}`} class="notice warn">
                  <Icon name="failed" />
                  <span>
                    <code>{warning.code}</code> {warning.message}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
      <Card title={text('evaluations')}>
        <TableScroll label={text('evaluations')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text('task')}</th>
                <th scope="col">{text('model')}</th>
                <th scope="col">{text('status')}</th>
                <th scope="col" class="number">
                  {text('done')}
                </th>
                <th scope="col">{text('metric')}</th>
                <th scope="col">{text('score')}</th>
              </tr>
            </thead>
            <tbody>
              {run.evaluations.map((evaluation) => {
                const own = scores.filter((metric) => metric.evaluationId === evaluation.id);
                return (
                  <tr key={evaluation.id}>
                    <td>
                      {evaluation.task}
                      {variantSuffix(evaluation.variant)}
                    </td>
                    <td>{evaluation.model}</td>
                    <td>
                      <StatusBadge status={evaluation.status} text={status} />
                      {evaluation.error !== null && <p class="small fault-text">{evaluation.error}</p>}
                    </td>
                    <td class="number">
                      {format.number(evaluation.done)}
                      {evaluation.planned !== null && ` / ${format.number(evaluation.planned)}`}
                    </td>
                    <td>
                      {own.map((metric) => (
                        <div key={metric.name + metric.filter}>
                          {metric.name}
                          {metric.filter !== '' && metric.filter !== 'none' && (
                            <span class="soft"> ({metric.filter})</span>
                          )}
                        </div>
                      ))}
                    </td>
                    <td>
                      {own.map((metric) => (
                        <div key={metric.name + metric.filter}>
                          <Estimate estimate={{ ...metric, unit: scoreUnit(metric) }} format={format} />
                        </div>
                      ))}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableScroll>
      </Card>
    </div>
  );
});

function took(
  startedAt: string | null,
  finishedAt: string | null,
  format: ReturnType<typeof useFormat>,
): string {
  if (startedAt === null) return '–';
  const end = finishedAt === null ? Date.now() : Date.parse(finishedAt);
  return format.duration((end - Date.parse(startedAt)) / 1000);
}
