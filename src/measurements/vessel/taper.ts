/** A diameter that changes evenly along a vessel, with the spread of what it was fitted to. */
export interface Taper {
  at(positionMm: number): number;
  /** One standard deviation of the diameters about it, mm. */
  readonly spreadMm: number;
  readonly points: number;
}
interface Reading {
  readonly x: number;
  readonly y: number;
}

/**
 * The normal vessel's diameter along a diseased one. Among the lines through pairs of readings that one wins that most
 * readings agree with (within 5 %), less those that lie above it: normal is the wide part, not the long lesion. Readings
 * below 90 % (lesions) and above 150 % of the middle (ectasia) then fall out, with 1 mm beside them, and the median of
 * slopes (Theil-Sen) is taken of the rest. undefined with fewer than five readings.
 */
export function fitTaper(readings: readonly Reading[]): Taper | undefined {
  const middling = median(readings.map(({ y }) => y));
  const sane = readings.filter(({ y }) => y > 0 && y <= 1.5 * middling);
  const few = thinned(sane, 60);
  let best = { score: -Infinity, slope: 0, base: middling };
  for (const [n, a] of few.entries())
    for (const b of few.slice(n)) {
      const slope = b.x > a.x ? (b.y - a.y) / (b.x - a.x) : 0;
      if (Math.abs(slope) > 0.08) continue;
      const base = a.y - slope * a.x;
      let score = 0;
      for (const { x, y } of few) {
        const part = y / (base + slope * x);
        score += Math.abs(part - 1) <= 0.05 ? 1 : part > 1.05 ? -1 : 0;
      }
      if (score > best.score) best = { score, slope, base };
    }
  let line: { slope: number; base: number } = best;
  let kept: readonly Reading[] = sane;
  for (let round = 0; round < 4; round += 1) {
    const { slope, base } = line;
    const ill = sane.filter(({ x, y }) => y < 0.9 * (base + slope * x) || y > 1.15 * (base + slope * x));
    kept = sane.filter((reading) => !ill.some(({ x }) => Math.abs(x - reading.x) <= 1));
    if (kept.length < 5) return undefined;
    line = theilSen(thinned(kept, 120));
  }
  const { slope, base } = line;
  const at = (x: number): number => base + slope * x;
  const spreadMm = Math.sqrt(kept.reduce((sum, { x, y }) => sum + (y - at(x)) ** 2, 0) / (kept.length - 2));
  return { at, spreadMm, points: kept.length };
}

function thinned(readings: readonly Reading[], most: number): readonly Reading[] {
  const every = Math.ceil(readings.length / most);
  return readings.filter((_, n) => n % every === 0);
}

function theilSen(readings: readonly Reading[]): { slope: number; base: number } {
  const slopes: number[] = [];
  for (const [n, a] of readings.entries())
    for (const b of readings.slice(n + 1)) if (b.x > a.x) slopes.push((b.y - a.y) / (b.x - a.x));
  const slope = slopes.length > 0 ? median(slopes) : 0;
  return { slope, base: median(readings.map(({ x, y }) => y - slope * x)) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}
