/**
 * A number with so many decimals, as people read it. Where numbers become text, this does it: `toFixed` alone writes
 * what rounds to nothing from below as "-0.0", which no one measures.
 */
export function fixedText(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** As many decimals as the number can bear: small volumes and times more, a count none, everything else one; large ones none. */
export function decimalsOf(unit: string, value: number): number {
  const size = Math.abs(value);
  if (unit === 'mm/px') return 4;
  if (unit === '1') return Number.isInteger(value) ? 0 : size < 10 ? 2 : 1;
  if (unit === 'mL') return size < 10 ? 2 : 1;
  // A hundredth of a second decides in a heartbeat.
  if (unit === 's') return size < 1 ? 3 : size < 10 ? 2 : 1;
  return size >= 10_000 ? 0 : 1;
}
