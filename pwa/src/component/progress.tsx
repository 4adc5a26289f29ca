// How far a piece of work has come, as a bar with its numbers.

/** A bar of `done` out of `total`, its failed part in another colour. `label` is read to screen readers. */
export const ProgressBar = (props: { done: number; total: number; failed?: number; label: string }) => {
  const { done, failed = 0 } = props;
  const total = Math.max(props.total, done, 1);
  return (
    <div
      class="progress-track"
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
    >
      <span style={{ width: `${(100 * (done - failed)) / total}%` }} />
      <span class="bad" style={{ width: `${(100 * failed) / total}%` }} />
    </div>
  );
};
