// A question put over the page; the browser's own dialog keeps the focus inside and closes on Escape.
import { component$, type QRL, Slot, useSignal, useVisibleTask$ } from '@builder.io/qwik';

/** Shown while `open`; `onClose$` is called on Escape and on a tap beside it, too. A `sheet` comes from below on a phone. */
export const Dialog = component$<{
  open: boolean;
  title: string;
  sheet?: boolean;
  onClose$: QRL<() => unknown>;
}>((props) => {
  const element = useSignal<HTMLDialogElement>();
  useVisibleTask$(
    ({ track }) => {
      const open = track(() => props.open);
      if (open && element.value?.open === false) element.value.showModal();
      if (!open) element.value?.close();
    },
    { strategy: 'document-ready' },
  );
  return (
    <dialog
      ref={element}
      class={props.sheet === true ? 'sheet' : undefined}
      aria-label={props.title}
      onClose$={props.onClose$}
      onClick$={(event, dialog) => {
        if (event.target === dialog) dialog.close();
      }}
    >
      <div class="stack">
        <h2>{props.title}</h2>
        <Slot />
      </div>
    </dialog>
  );
});
