// Buttons that can say why they are disabled.
import type { Handler } from './handler.ts';
import { Icon, type IconName } from './icon.tsx';

/** `why` disables the button and is shown as its tooltip and to screen readers. */
export interface ButtonProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly kind?: 'primary' | 'danger' | 'quiet';
  readonly why?: string | undefined;
  /** Shows the icon alone; the label stays for screen readers. */
  readonly iconOnly?: boolean;
  readonly type?: 'button' | 'submit';
  readonly busy?: boolean;
  readonly onClick$?: Handler<HTMLButtonElement>;
}

/** A button; disabled ones stay reachable by keyboard so that the reason can be read. */
export const Button = (props: ButtonProps) => {
  const disabled = props.why !== undefined || props.busy === true;
  return (
    <button
      type={props.type ?? 'button'}
      class={['button', props.kind]}
      aria-disabled={disabled ? 'true' : undefined}
      title={props.why ?? (props.iconOnly === true ? props.label : undefined)}
      onClick$={disabled ? undefined : props.onClick$}
    >
      {props.icon !== undefined && <Icon name={props.busy === true ? 'running' : props.icon} />}
      <span class={props.iconOnly === true ? 'visually-hidden' : undefined}>{props.label}</span>
      {props.why !== undefined && <span class="visually-hidden">({props.why})</span>}
    </button>
  );
};

/** A link that looks like a button. */
export const ButtonLink = (props: {
  href: string;
  label: string;
  icon?: IconName;
  kind?: 'primary' | 'quiet';
  download?: boolean;
}) => (
  <a class={['button', props.kind]} href={props.href} download={props.download === true ? '' : undefined}>
    {props.icon !== undefined && <Icon name={props.icon} />}
    <span>{props.label}</span>
  </a>
);
