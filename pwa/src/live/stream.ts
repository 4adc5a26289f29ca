// A GraphQL subscription as a stream to follow while the page is seen.
import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { client } from '../graphql/client.ts';
import { connection } from './connection.ts';
import { type FollowOptions, follow, type OpenStream } from './follow.ts';

/** How long a hidden page keeps its streams, milliseconds. */
const hiddenFor = 30_000;

/** A subscription as `follow` opens it. */
export function openSubscription<Data, Variables extends AnyVariables>(
  operation: TypedDocumentNode<Data, Variables>,
  variables: (after: number | undefined) => Variables,
): OpenStream<Data> {
  return (after, sink) => {
    const running = client.subscription(operation, variables(after)).subscribe((result) => {
      if (result.error !== undefined) sink.failed();
      else if (result.data !== undefined) sink.next(result.data);
    });
    return () => running.unsubscribe();
  };
}

/** Follows while the page is seen: closed after 30 s in the background, opened again on return. Returns how to stop. */
export function followWhileSeen<Event>(options: Omit<FollowOptions<Event>, 'tell'>): () => void {
  const following = follow({
    ...options,
    tell: (state) => connection.tell(navigator.onLine ? state : 'offline'),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asleep = false;
  const onVisibility = (): void => {
    clearTimeout(timer);
    if (document.hidden)
      timer = setTimeout(() => {
        asleep = true;
        following.sleep();
      }, hiddenFor);
    else if (asleep) onOnline();
  };
  const onOnline = (): void => {
    asleep = false;
    following.wake();
  };
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', onOnline);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', onOnline);
    following.stop();
  };
}
