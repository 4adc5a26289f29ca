// A group of things that belong together, with a heading.
import type { JSXChildren, JSXOutput } from '@builder.io/qwik';

/** A card; `aside` stands at the end of the heading's line. */
export const Card = (props: {
  title?: string;
  aside?: JSXOutput;
  children?: JSXChildren;
  class?: string;
}) => (
  <section class={['card', props.class]}>
    {(props.title !== undefined || props.aside !== undefined) && (
      <div class="card-head">
        {props.title !== undefined && <h2>{props.title}</h2>}
        {props.aside}
      </div>
    )}
    {props.children}
  </section>
);
