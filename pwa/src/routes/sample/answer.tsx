// What was asked of the model and what it answered, beside what was expected.
import { Badge } from '../../component/badge.tsx';
import { TextDiff } from '../../component/text-diff.tsx';
import type { Format } from '../../i18n/format.ts';
import { Pane } from './pane.tsx';
import type { SampleDetail } from './sample-query.ts';
import type { SampleText } from './texts.ts';

interface PartProps {
  readonly sample: SampleDetail;
  readonly text: SampleText;
  readonly format: Format;
  /** Phones begin with the prompt folded. */
  readonly wide: boolean;
}

/** The whole prompt. */
export const Input = ({ sample, text, format, wide }: PartProps) => (
  <Pane
    title={text('input')}
    open={wide}
    note={`${format.number(sample.promptTokens)} ${text('promptTokens').toLowerCase()}`}
  >
    <pre class="code" tabIndex={0}>
      {sample.input}
    </pre>
  </Pane>
);

/** The chunks that were put into the prompt, best first; those of the gold document are marked. */
export const Contexts = ({ sample, text, format }: PartProps) => {
  const { retrieved, goldRetrieved } = sample;
  if (retrieved === null || retrieved.length === 0) return null;
  return (
    <Pane title={text('contexts')} open={true} note={format.number(retrieved.length)}>
      {goldRetrieved !== null && (
        <p class={['notice', goldRetrieved ? undefined : 'warn']}>
          {text(goldRetrieved ? 'goldFound' : 'goldMissed')}
        </p>
      )}
      <ol class="context-list">
        {retrieved.map((chunk) => (
          <li key={chunk.id} class={chunk.gold === true ? 'gold' : undefined}>
            <div class="row between">
              <span class="row">
                <strong>{text('rank', { rank: chunk.rank })}</strong>
                <span class="chip mono">{chunk.documentId}</span>
                {chunk.gold === true && <Badge tone="good" icon="ok" label={text('gold')} />}
              </span>
              <span class="soft small number">{text('score', { score: format.number(chunk.score, 4) })}</span>
            </div>
            <p>{chunk.text}</p>
          </li>
        ))}
      </ol>
    </Pane>
  );
};

/** The model's text as it came, and as the filters left it where that differs. */
export const Output = ({ sample, text }: PartProps) => {
  if (sample.requests.length > 1) return null;
  const filtered = sample.prediction.trim() !== sample.output.trim();
  return (
    <Pane title={text('output')} open={true}>
      <pre class="code" tabIndex={0}>
        {sample.output === '' ? text('empty') : sample.output}
      </pre>
      {filtered && (
        <>
          <h3>{text('prediction')}</h3>
          <pre class="code" tabIndex={0}>
            {sample.prediction === '' ? text('empty') : sample.prediction}
          </pre>
        </>
      )}
    </Pane>
  );
};

/** The expected answer, compared word by word with the given one. */
export const Target = ({ sample, text }: PartProps) => {
  const { target, prediction, outcome } = sample;
  const same = target.trim() === prediction.trim();
  const apart = same || outcome === 'FAILED' || sample.requests.length > 1;
  return (
    <Pane title={text('target')} open={true}>
      {apart ? (
        <dl class="facts wide">
          <div>
            <dt>{text('expected')}</dt>
            <dd>{target}</dd>
          </div>
          {outcome !== 'FAILED' && (
            <div>
              <dt>{text('answered')}</dt>
              <dd>{same ? text('same') : prediction}</dd>
            </div>
          )}
        </dl>
      ) : (
        <>
          <TextDiff from={target} to={prediction} />
          <p class="soft small">{text('legend')}</p>
        </>
      )}
    </Pane>
  );
};
