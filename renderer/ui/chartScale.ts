/** Numbers for the marks of an axis: round, at most `count` of them and two at least, within the range. */
export function ticksOf(low: number, high: number, count: number): readonly number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / Math.max(1, count - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough - 1e-12) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toFixed(digits)));
}

/** The least and the greatest of what is there, with a little room; a flat line has room too. */
export function rangeOf(values: readonly (number | null)[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  const room = high > low ? 0.06 * (high - low) : Math.max(1, 0.05 * Math.abs(high));
  return [low - room, high + room];
}

/** Index of the value nearest to `wanted` in an ascending list. */
export function nearestIndex(values: readonly number[], wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  return Math.abs((values[high] ?? Infinity) - wanted) < Math.abs((values[low] ?? Infinity) - wanted) ? high : low;
}

/** An SVG path through what is there; it breaks where nothing is. */
export function pathOf(points: readonly (readonly [number, number] | null)[]): string {
  let pen = 'M';
  return points
    .map((point) => {
      if (point === null) {
        pen = 'M';
        return '';
      }
      const piece = `${pen}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
      pen = 'L';
      return piece;
    })
    .join('');
}
