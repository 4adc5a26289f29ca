// Answers a stream of requests side by side, never more than a moving limit at once.

/** How a stream is worked through. */
export interface ConcurrentMapOptions {
  /** Asked before each start, so that it may change while the stream runs; at least 1. */
  readonly limit: () => number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Yields the answers as they come, in any order. Nothing is pulled from `source` while the limit is reached.
 * After an abort it ends without waiting for what is under way. An exception of `answer` ends the stream.
 */
export async function* concurrentMap<Request, Answer>(
  source: AsyncIterable<Request>,
  answer: (request: Request) => Promise<Answer>,
  options: ConcurrentMapOptions,
): AsyncGenerator<Answer> {
  const iterator = source[Symbol.asyncIterator]();
  const underWay = new Set<Promise<Answer | undefined>>();
  const finished: Answer[] = [];
  let exhausted = false;
  const stopped = new Promise<undefined>((resolve) => {
    if (options.signal?.aborted) resolve(undefined);
    else options.signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  let pulling: Promise<undefined> | undefined;
  const pull = async (): Promise<undefined> => {
    const { done, value } = await iterator.next();
    pulling = undefined;
    if (done) exhausted = true;
    else start(value);
  };
  const start = (request: Request) => {
    const running: Promise<undefined> = answer(request)
      .then((result) => {
        finished.push(result);
        return undefined;
      })
      .finally(() => underWay.delete(running));
    underWay.add(running);
  };
  try {
    while (!options.signal?.aborted) {
      if (!exhausted && pulling === undefined && underWay.size < Math.max(1, options.limit()))
        pulling = pull();
      if (exhausted && underWay.size === 0 && finished.length === 0) return;
      if (finished.length === 0) {
        await Promise.race([stopped, ...(pulling ? [pulling] : []), ...underWay]);
      }
      yield* finished.splice(0);
    }
  } finally {
    for (const running of underWay) running.catch(() => undefined);
    pulling?.catch(() => undefined);
    // Not awaited: a source that is waiting for something would hold the end back.
    iterator.return?.()?.catch(() => undefined);
  }
}
