// The sign of the project: a bench with three bars on it, each with its interval.

/** 28 by 28 pixels, in the colours of the theme. */
export const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 64 64" aria-hidden="true">
    <rect width="64" height="64" rx="14" fill="var(--accent)" />
    <g stroke="var(--accent-text)" stroke-width="5" stroke-linecap="round" fill="none">
      <path d="M10 48h44M16 48v7M48 48v7" />
      <path d="M20 40V28M32 40V18M44 40V24" stroke-width="7" stroke-linecap="butt" />
      <path d="M20 25v-4M32 15v-4M44 21v-4" stroke-width="3" />
    </g>
  </svg>
);
