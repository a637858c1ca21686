/** How often what comes is handed on, ms. */
const everyMs = 250;

/** Collects what comes quickly, to be handed on a few times a second. */
export interface Gathered<T> {
  add(one: T): void;
  /** Hands on soon, even if nothing was added. */
  tell(): void;
  /** Hands on the rest at once; nothing comes after. */
  end(): void;
}

/** The first is handed on at once, the rest in batches: a list of hundreds of series must not be drawn anew for each. */
export function gathered<T>(handOn: (all: readonly T[]) => void): Gathered<T> {
  let waiting: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending = false;
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    pending = false;
    handOn(all);
  };
  const tell = (): void => {
    pending = true;
    if (timer !== undefined) return;
    flush();
    const again = (): void => {
      timer = undefined;
      if (pending) tell();
    };
    timer = setTimeout(again, everyMs);
  };
  return {
    add(one) {
      waiting.push(one);
      tell();
    },
    tell,
    end() {
      clearTimeout(timer);
      flush();
    },
  };
}
