// The type of an event handler handed to a component that is a plain function.
import type { QRL } from '@builder.io/qwik';

/** What `onClick$` and its like take: written in place, or passed on. */
export type Handler<Target = HTMLElement> =
  | QRL<(event: Event, element: Target) => unknown>
  | ((event: Event, element: Target) => unknown);
