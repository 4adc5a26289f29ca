// What stands where nothing is yet: one sentence and the action that changes it.
import type { JSXChildren } from '@builder.io/qwik';
import { Icon, type IconName } from './icon.tsx';

/** Children are the action: a button or a link. */
export const Empty = (props: { icon: IconName; sentence: string; children?: JSXChildren }) => (
  <div class="state">
    <Icon name={props.icon} size={32} />
    <p class="soft">{props.sentence}</p>
    {props.children}
  </div>
);
