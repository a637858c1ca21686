/** The value below which `part` (0 to 1) of the values lie, linear between two; NaN of none. */
export function quantile(values: ArrayLike<number>, part: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  const a = sorted[low] ?? Number.NaN;
  return a + ((sorted[Math.min(low + 1, sorted.length - 1)] ?? a) - a) * (at - low);
}
