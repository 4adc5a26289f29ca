// Grey shapes as high as what will come, so that nothing jumps.

/** `rows` blocks of `height` pixels. */
export const Skeleton = (props: { rows?: number; height?: number }) => (
  <div class="stack tight" aria-hidden="true">
    {Array.from({ length: props.rows ?? 3 }, (_, index) => (
      <div key={index} class="skeleton" style={{ height: `${props.height ?? 72}px` }} />
    ))}
  </div>
);
