// A part of a page that can be folded: an accordion on a phone, a pane on a desktop.
import type { JSXChildren } from '@builder.io/qwik';
import { Icon } from '../../component/icon.tsx';

/** Folds by the browser's own element, so it works with keyboard and screen reader. */
export const Pane = (props: {
  readonly title: string;
  readonly open: boolean;
  readonly note?: string | undefined;
  readonly children?: JSXChildren;
}) => (
  <details class="card pane" open={props.open}>
    <summary>
      <Icon name="down" size={16} />
      <h2>{props.title}</h2>
      {props.note !== undefined && <span class="soft small number">{props.note}</span>}
    </summary>
    <div class="stack tight pane-body">{props.children}</div>
  </details>
);
