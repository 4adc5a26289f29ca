// One machine now: bars that move once a second.
import { Badge } from '../../component/badge.tsx';
import type { Format } from '../../i18n/format.ts';
import type { HardwareSample, Machine } from './hardware-query.ts';
import { awaitedReadings, machineFacts, readingsOf, traceLength, tracePoints } from './reading.ts';
import type { HardwareText } from './texts.ts';

/** `sample` is undefined until the first measurement arrives. */
export const MachineCard = (props: {
  machine: Machine;
  sample: HardwareSample | undefined;
  trace: readonly number[];
  text: HardwareText;
  format: Format;
}) => {
  const { machine, sample, trace, text, format } = props;
  const facts = machineFacts(machine.machine);
  return (
    <section class="card">
      <div class="card-head">
        <h2>{machine.node}</h2>
        <Badge
          tone={machine.alive ? 'good' : 'bad'}
          icon={machine.alive ? 'live' : 'offline'}
          label={text(machine.alive ? 'alive' : 'gone')}
        />
      </div>
      <p class="soft small">
        {text('process', { pid: String(machine.pid), version: machine.version })} ·{' '}
        {machine.alive
          ? text('started', { time: format.ago(machine.startedAt) })
          : text('heartbeat', { time: format.ago(machine.heartbeatAt) })}
      </p>
      {machine.labels.length > 0 && (
        <p class="row">
          {machine.labels.map((label) => (
            <span key={label} class="chip">
              {label}
            </span>
          ))}
        </p>
      )}
      {sample === undefined && !machine.alive ? (
        <p class="soft">{text('silent')}</p>
      ) : (
        <>
          <svg
            class="trace"
            viewBox={`0 0 ${traceLength - 1} 1`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <polyline points={tracePoints(trace)} />
          </svg>
          <dl class="meters">
            {(sample === undefined ? awaitedReadings(machine) : readingsOf(sample, format)).map((reading) => (
              <div key={`${reading.name} ${reading.detail}`}>
                <dt>
                  {text(reading.name)} {reading.detail}
                </dt>
                <dd class="number">{reading.value}</dd>
                {reading.share !== undefined && (
                  <span class="meter" aria-hidden="true">
                    <span style={{ width: `${100 * reading.share}%` }} />
                  </span>
                )}
              </div>
            ))}
          </dl>
          <p class="soft small">
            {sample === undefined ? text('waiting') : text('measured', { time: format.time(sample.at) })}
          </p>
        </>
      )}
      {facts.length > 0 && (
        <details>
          <summary>{text('machine')}</summary>
          <dl class="definition">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
};
