/**
 * Turns work that tells events into a sequence of them. `work` is given a signal that is aborted when the caller goes;
 * when it rejects, `onFailure` says with which last event the sequence ends (undefined: with none).
 */
export async function* eventsOf<Event>(
  signal: AbortSignal,
  work: (tell: (event: Event) => void, signal: AbortSignal) => Promise<void>,
  onFailure: (error: unknown) => Event | undefined,
): AsyncGenerator<Event> {
  const waiting: Event[] = [];
  const controller = new AbortController();
  const stop = () => controller.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  let wake = () => {};
  let ended = false;
  const running = work((event) => {
    waiting.push(event);
    wake();
  }, controller.signal)
    .catch((error: unknown) => {
      const last = onFailure(error);
      if (last !== undefined) waiting.push(last);
    })
    .finally(() => {
      ended = true;
      wake();
    });
  try {
    for (;;) {
      while (waiting.length > 0) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
      }
      if (ended) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (ended || waiting.length > 0) resolve();
      });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    controller.abort();
    await running;
  }
}
