/** A hidden page has no frames. */
const atMostMs = 250;

/**
 * Resolves when what was changed before is on screen: after that many frames. Two have drawn it; where pictures are
 * painted by the processor two more are needed until it is shown.
 */
export function painted(frames = 2): Promise<void> {
  return new Promise((resolve) => {
    const next = (left: number): void => {
      if (left === 0) resolve();
      else requestAnimationFrame(() => next(left - 1));
    };
    next(frames);
    setTimeout(resolve, atMostMs);
  });
}
