// The samples of a page of the list: cards on a phone, a table on a desktop.
import { component$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { TableScroll } from '../../component/table-scroll.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { variantSuffix } from '../../run/headline.ts';
import { roomForTable, useWide } from '../../shell/wide.ts';
import type { SampleRow } from './samples-query.ts';
import { samplesTexts } from './samples-text.ts';

/** `search` is the list's query, handed on so that the sample's page can come back to it. */
export const SampleList = component$<{ runId: string; search: string; samples: readonly SampleRow[] }>(
  (props) => {
    const text = useText(samplesTexts);
    const status = useStatusText();
    const format = useFormat();
    const wide = useWide(roomForTable);
    const href = (sample: SampleRow) => `/runs/${props.runId}/samples/${sample.id}${props.search}`;
    const answer = (sample: SampleRow) =>
      sample.outcome === 'FAILED' ? `${sample.failureReason}: ${sample.failureMessage}` : sample.prediction;
    if (!wide.value)
      return (
        <ul class="sample-cards">
          {props.samples.map((sample) => (
            <li key={sample.id} class="card sample-card">
              <div class="row between">
                <a class="sample-id" href={href(sample)}>
                  {sample.itemId}
                  {sample.repeat > 0 && ` · ${sample.repeat + 1}`}
                </a>
                <StatusBadge status={sample.outcome} text={status} />
              </div>
              <p class="small soft">
                {sample.model} · {sample.task}
                {variantSuffix(sample.variant)}
              </p>
              <p class="clip">{tail(sample.input)}</p>
              <dl class="answer-pair">
                <dt>{text('answer')}</dt>
                <dd class="clip">{answer(sample) || text('nothingSaid')}</dd>
                <dt>{text('target')}</dt>
                <dd class="clip">{sample.target}</dd>
              </dl>
            </li>
          ))}
        </ul>
      );
    return (
      <TableScroll label={text('title')} class="card run-table">
        <table class="sample-table">
          <thead>
            <tr>
              <th scope="col">{text('sample')}</th>
              <th scope="col">{text('outcome')}</th>
              <th scope="col">{text('question')}</th>
              <th scope="col">{text('answer')}</th>
              <th scope="col">{text('target')}</th>
              <th scope="col" class="number">
                {text('score')}
              </th>
              <th scope="col" class="number">
                {text('time')}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.samples.map((sample) => (
              <tr key={sample.id}>
                <td>
                  <a class="sample-id" href={href(sample)}>
                    {sample.itemId}
                    {sample.repeat > 0 && ` · ${sample.repeat + 1}`}
                  </a>
                  <div class="small soft clip-one">
                    {sample.model} · {sample.task}
                    {variantSuffix(sample.variant)}
                  </div>
                </td>
                <td>
                  <StatusBadge status={sample.outcome} text={status} />
                </td>
                <td>
                  <div class="clip">{tail(sample.input)}</div>
                </td>
                <td>
                  <div class="clip">{answer(sample) || text('nothingSaid')}</div>
                </td>
                <td>
                  <div class="clip">{sample.target}</div>
                </td>
                <td class="number">{format.number(sample.score)}</td>
                <td class="number">{format.milliseconds(sample.e2eMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    );
  },
);

/** The end of a prompt holds the question; few-shot examples come before it. */
function tail(input: string): string {
  const longest = 400;
  return input.length <= longest ? input : `…${input.slice(-longest)}`;
}
