// A table that scrolls sideways inside its card, by keyboard too.
import type { JSXChildren } from '@builder.io/qwik';

/** Put the `<table>` inside; `label` names the region for screen readers. */
export const TableScroll = (props: { label: string; class?: string; children?: JSXChildren }) => (
  <section class={['table-scroll', props.class]} tabIndex={0} aria-label={props.label}>
    {props.children}
  </section>
);
