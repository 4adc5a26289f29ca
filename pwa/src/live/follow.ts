// Follows a numbered stream for as long as a screen is shown: reconnects, replays what was missed, sleeps when hidden.

/** How a stream is opened: `after` is the last sequence seen. Returns how to close it. */
export type OpenStream<Event> = (
  after: number | undefined,
  sink: { next(event: Event): void; failed(): void; completed(): void },
) => () => void;

/** What following needs from its surroundings; tests give their own clock. */
export interface FollowOptions<Event> {
  readonly open: OpenStream<Event>;
  /** The last sequence that the screen has; asked again before every opening. */
  after(): number | undefined;
  next(event: Event): unknown;
  /** Told when the stream breaks and when it runs again. */
  tell(state: 'live' | 'reconnecting'): void;
  readonly schedule?: (action: () => void, milliseconds: number) => () => void;
  readonly random?: () => number;
}

/** Longest wait between two attempts, milliseconds. */
const longestWait = 10_000;

/** Starts following. Returns how to stop, and how to pause and go on without losing an event. */
export function follow<Event>(options: FollowOptions<Event>): {
  stop(): void;
  sleep(): void;
  wake(): void;
} {
  const { schedule = scheduleTimeout, random = Math.random } = options;
  let close: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;
  let attempts = 0;
  let generation = 0;
  let ended = false;

  const halt = (): void => {
    generation += 1;
    cancelRetry?.();
    close?.();
    cancelRetry = undefined;
    close = undefined;
  };
  const connect = (): void => {
    halt();
    const own = generation;
    close = options.open(options.after(), {
      next: (event) => {
        if (own !== generation) return;
        if (attempts > 0) options.tell('live');
        attempts = 0;
        options.next(event);
      },
      failed: () => {
        if (own !== generation) return;
        options.tell('reconnecting');
        const wait = Math.min(longestWait, 500 * 2 ** attempts) * (0.5 + random() / 2);
        attempts += 1;
        cancelRetry = schedule(connect, wait);
      },
      completed: () => {
        if (own === generation) ended = true;
      },
    });
  };
  connect();
  return {
    stop: () => {
      ended = true;
      halt();
    },
    sleep: halt,
    wake: () => {
      attempts = 0;
      if (!ended) connect();
    },
  };
}

function scheduleTimeout(action: () => void, milliseconds: number): () => void {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
}
