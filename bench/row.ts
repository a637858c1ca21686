/** One measured figure of a benchmark. */
export interface Row {
  /** What was done, on what: 'ct-head-141, stack: open -> first picture'. */
  readonly what: string;
  /** Who did it: this program, or the peer beside it in the same run. */
  readonly who: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'frames/s' | 'files/s' | 'ratio';
}

/** The middle one. @param values at least one; not changed. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('no value to take the median of');
  return middle;
}
