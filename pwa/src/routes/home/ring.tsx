// The share of a run that is done, as a ring with its number.

const radius = 24;
const length = 2 * Math.PI * radius;

/** `share` between 0 and 1; `written` is that share as the language writes it. The words beside it say the same. */
export const Ring = ({ share, written }: { share: number; written: string }) => (
  <svg class="ring" width="60" height="60" viewBox="0 0 60 60" aria-hidden="true">
    <circle cx="30" cy="30" r={radius} fill="none" stroke="var(--line-soft)" stroke-width="7" />
    <circle
      cx="30"
      cy="30"
      r={radius}
      fill="none"
      stroke="var(--accent)"
      stroke-width="7"
      stroke-dasharray={`${length * Math.min(1, Math.max(0, share))} ${length}`}
      transform="rotate(-90 30 30)"
    />
    <text x="30" y="34.5" text-anchor="middle" fill="var(--text)" font-size="13" font-weight="650">
      {written}
    </text>
  </svg>
);
