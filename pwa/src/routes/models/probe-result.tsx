// What a probe has found so far: models to choose among, capabilities one after the other.
import { component$, type QRL } from '@builder.io/qwik';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { CapabilityBadges } from './capability-badges.tsx';
import type { ProbeView } from './probe-live.ts';
import { modelTexts } from './texts.ts';

/** So many listed models are shown as buttons; the rest is in the field's list. */
const most = 12;

/** Nothing before the first probe. */
export const ProbeResult = component$<{
  probe: ProbeView;
  chosen?: string;
  onChoose$?: QRL<(model: string) => void>;
}>((props) => {
  const text = useText(modelTexts);
  const format = useFormat();
  const { probe } = props;
  if (probe.status === 'idle') return null;
  return (
    <div class="stack probe" aria-live="polite" data-testid="probe" data-status={probe.status}>
      {props.onChoose$ !== undefined && probe.models.length > 1 && (
        <div class="row listed">
          {probe.models.slice(0, most).map((id) => (
            <button
              key={id}
              type="button"
              class="chip"
              aria-pressed={id === props.chosen ? 'true' : 'false'}
              onClick$={() => props.onChoose$?.(id)}
            >
              {id}
            </button>
          ))}
        </div>
      )}
      <CapabilityBadges checks={probe.checks} reasons={probe.status === 'found'} />
      {probe.status === 'asking' && <p class="soft small">{text('probing')}</p>}
      {probe.status === 'found' && (
        <p class="soft small number">
          {probe.model} · {text('latency')} {format.milliseconds(probe.latencyMs)}
          {probe.contextLength !== null &&
            ` · ${text('context')} ${text('tokens', { count: format.number(probe.contextLength) })}`}
        </p>
      )}
      {probe.status === 'failed' && (
        <p class="notice bad" role="alert">
          {probe.fault}
        </p>
      )}
    </div>
  );
});
