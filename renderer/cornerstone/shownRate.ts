import type { ShownRate } from './types.ts';

/** A picture of a playing film that came on screen. */
export interface Painted {
  /** ms, of any one clock. */
  readonly at: number;
  /** Which frame, from 0. */
  readonly index: number;
}

/** What is looked back over, ms: long enough that a screen's own rhythm does not count. */
const backMs = 2000;
/** Before this nothing is said: the first pictures of a film wait for their pixels. */
const leastMs = 1000;
/** However slow: two steps are needed to tell a rate. */
const fewest = 3;

/** The paintings that still count after one more; a repeated picture of the same frame is none. */
export function withPainted(painted: readonly Painted[], next: Painted): readonly Painted[] {
  if (painted.at(-1)?.index === next.index) return painted;
  const all = [...painted, next];
  return all.filter(({ at }, k) => next.at - at <= backMs || all.length - k <= fewest);
}

/** How a film of `count` frames, forward in a loop, is truly shown; null as long as it cannot be told. */
export function shownRate(painted: readonly Painted[], count: number): ShownRate | null {
  const first = painted[0];
  const last = painted.at(-1);
  if (first === undefined || last === undefined || painted.length < fewest || last.at - first.at < leastMs) return null;
  const shown = painted.length - 1;
  let due = 0;
  for (const [k, { index }] of painted.entries()) {
    const before = painted[k - 1];
    if (before !== undefined) due += (((index - before.index) % count) + count) % count;
  }
  return { perSecond: (shown * 1000) / (last.at - first.at), leftOut: due > shown ? 1 - shown / due : 0 };
}
