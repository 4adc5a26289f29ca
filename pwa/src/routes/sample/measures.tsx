// What was measured on one sample: scores, times, and the requests behind them.
import { Badge } from '../../component/badge.tsx';
import type { Format } from '../../i18n/format.ts';
import { Pane } from './pane.tsx';
import type { SampleDetail, SampleRequest } from './sample-query.ts';
import type { SampleText } from './texts.ts';

interface PartProps {
  readonly sample: SampleDetail;
  readonly text: SampleText;
  readonly format: Format;
  /** Phones begin with the details folded. */
  readonly wide: boolean;
}

/** Every score of the sample. */
export const Scores = ({ sample, text, format }: PartProps) => (
  <Pane title={text('scores')} open={true}>
    {sample.scores.length === 0 ? (
      <p class="soft">{text('noScores')}</p>
    ) : (
      <div class="table-scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text('metric')}</th>
              <th scope="col">{text('filter')}</th>
              <th scope="col" class="number">
                {text('value')}
              </th>
              {weighted(sample) && (
                <th scope="col" class="number">
                  {text('weight')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sample.scores.map((score) => (
              <tr key={`${score.metric} ${score.filter}`}>
                <td>{score.metric}</td>
                <td class="soft">{score.filter}</td>
                <td class="number">
                  <strong>{format.number(score.value, 4)}</strong>
                </td>
                {weighted(sample) && <td class="number">{format.number(score.weight, 2)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </Pane>
);

function weighted(sample: SampleDetail): boolean {
  return sample.scores.some((score) => score.weight !== 1);
}

/** When the sample waited, spoke and ended. */
export const Timings = ({ sample, text, format, wide }: PartProps) => {
  const facts = [
    [text('queue'), format.milliseconds(sample.queueMs)],
    [text('ttft'), format.milliseconds(sample.ttftMs)],
    [text('interToken'), format.milliseconds(sample.interTokenMs)],
    [text('e2e'), format.milliseconds(sample.e2eMs)],
    [text('promptTokens'), format.number(sample.promptTokens)],
    [text('outputTokens'), format.number(sample.outputTokens)],
    ...(sample.droppedTokens > 0 ? [[text('dropped'), format.number(sample.droppedTokens)]] : []),
    [text('started'), format.dateTime(sample.startedAt)],
  ];
  return (
    <Pane title={text('timings')} open={wide}>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {sample.requests.length === 1 && (
        <Strip gaps={sample.requests[0]?.interTokenMs ?? []} text={text} format={format} />
      )}
    </Pane>
  );
};

/** The gaps between tokens as bars, one beside the other. */
const Strip = (props: { gaps: readonly number[]; text: SampleText; format: Format }) => {
  const { gaps, text, format } = props;
  if (gaps.length < 2) return null;
  const longest = Math.max(...gaps);
  const label = text('strip', { count: gaps.length, longest: format.milliseconds(longest) });
  return (
    <figure class="stack tight">
      <svg
        class="token-strip"
        viewBox={`0 0 ${gaps.length} 40`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {gaps.map((gap, index) => {
          const height = Math.max(1, (40 * gap) / longest);
          return <rect key={index} x={index + 0.1} y={40 - height} width={0.8} height={height} />;
        })}
      </svg>
      <figcaption class="soft small">{label}</figcaption>
    </figure>
  );
};

/** The requests to the model: one for a generation, one a choice for multiple choice. */
export const Requests = ({ sample, text, format, wide }: PartProps) => {
  const { requests } = sample;
  const scored = requests.some((request) => request.loglikelihood !== null);
  const best = Math.max(...requests.map((request) => request.loglikelihood ?? Number.NEGATIVE_INFINITY));
  return (
    <Pane
      title={text(scored && requests.length > 1 ? 'choices' : 'requests')}
      open={wide || requests.length > 1}
      note={format.number(requests.length)}
    >
      <ol class="request-list">
        {requests.map((request, index) => (
          <li key={index}>
            <div class="row between">
              {request.text === '' ? (
                <strong>{text('request', { n: index + 1 })}</strong>
              ) : (
                <code class="request-text">{request.text}</code>
              )}
              {scored && requests.length > 1 && request.loglikelihood === best && (
                <Badge tone="accent" icon="ok" label={text('likeliest')} />
              )}
            </div>
            <p class="soft small">{facts(request, text, format).join(' · ')}</p>
          </li>
        ))}
      </ol>
    </Pane>
  );
};

function facts(request: SampleRequest, text: SampleText, format: Format): string[] {
  const { loglikelihood, isGreedy, finish, attempts } = request;
  return [
    ...(loglikelihood === null ? [] : [`${text('loglikelihood')} ${format.number(loglikelihood, 3)}`]),
    ...(isGreedy === null ? [] : [`${text('greedy')}: ${text(isGreedy ? 'yes' : 'no')}`]),
    ...(finish === null ? [] : [`${text('finish')} ${finish}`]),
    `${text('promptTokens')} ${format.number(request.promptTokens)}`,
    `${text('outputTokens')} ${format.number(request.outputTokens)}`,
    `${text('e2e')} ${format.milliseconds(request.e2eMs)}`,
    ...(attempts > 1 ? [`${text('attempts')} ${format.number(attempts)}`] : []),
  ];
}
