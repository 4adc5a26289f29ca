// The title of a page: its heading, in the browser's tab, and in the app bar of a phone.
import { component$, Slot, useTask$ } from '@builder.io/qwik';
import { usePlace } from './place.ts';

/** Names the page. Children stand at the end of the heading's line: buttons, a status. */
export const PageTitle = component$<{ text: string }>((props) => {
  const place = usePlace();
  useTask$(({ track }) => {
    const text = track(() => props.text);
    place.title = text;
    document.title = text === '' ? 'Bancada' : `${text} · Bancada`;
  });
  return (
    <header class="page-title">
      <h1 tabIndex={-1}>{props.text}</h1>
      <div class="page-actions">
        <Slot />
      </div>
    </header>
  );
});
