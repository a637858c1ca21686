import type { Vec3 } from './spaces.ts';

/**
 * The stiffest line near equally spaced points: least sum of weight x distance^2 + stiffness x (second difference)^2.
 * A curve of even bend stays where it is (no corner is cut), noise goes, and where weights are small the line bridges
 * from what lies before to what lies beyond. `stiffness` 43 smooths as much as a Gaussian of three points.
 *
 * @param weights one for each point, each > 0.
 */
export function stiffCurve(points: readonly Vec3[], weights: readonly number[], stiffness: number): readonly Vec3[] {
  const count = points.length;
  if (count < 3) return points;
  // Symmetric, five diagonals: the diagonal and the two above it.
  const d0 = Float64Array.from(points, (_, i) => weights[i] ?? 1);
  const d1 = new Float64Array(count);
  const d2 = new Float64Array(count);
  for (let i = 1; i + 1 < count; i += 1) {
    add(d0, i - 1, stiffness);
    add(d0, i, 4 * stiffness);
    add(d0, i + 1, stiffness);
    add(d1, i - 1, -2 * stiffness);
    add(d1, i, -2 * stiffness);
    add(d2, i - 1, stiffness);
  }
  const right = [0, 1, 2].map((axis) =>
    Float64Array.from(points, (point, i) => (weights[i] ?? 1) * (point[axis] ?? 0)),
  );
  for (let i = 0; i < count; i += 1) {
    const pivot = d0[i] ?? 1;
    const [a, b] = [(d1[i] ?? 0) / pivot, (d2[i] ?? 0) / pivot];
    if (i + 1 < count) {
      add(d0, i + 1, -a * (d1[i] ?? 0));
      add(d1, i + 1, -a * (d2[i] ?? 0));
    }
    if (i + 2 < count) add(d0, i + 2, -b * (d2[i] ?? 0));
    for (const line of right) {
      if (i + 1 < count) add(line, i + 1, -a * (line[i] ?? 0));
      if (i + 2 < count) add(line, i + 2, -b * (line[i] ?? 0));
    }
  }
  for (const line of right)
    for (let i = count - 1; i >= 0; i -= 1)
      line[i] = ((line[i] ?? 0) - (d1[i] ?? 0) * (line[i + 1] ?? 0) - (d2[i] ?? 0) * (line[i + 2] ?? 0)) / (d0[i] ?? 1);
  return points.map((_, i): Vec3 => [right[0]?.[i] ?? 0, right[1]?.[i] ?? 0, right[2]?.[i] ?? 0]);
}

function add(list: Float64Array, at: number, value: number): void {
  list[at] = (list[at] ?? 0) + value;
}
