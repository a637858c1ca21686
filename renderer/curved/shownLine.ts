import type { CurveFrame, LpsMm, Vec3 } from '../../src/geometry/index.ts';
import { along, cross, distance, dot, normalize, scale, subtract } from '../../src/geometry/index.ts';
import type { LineSection } from '../../src/measurements/index.ts';
import type { ShownLine } from './types.ts';

const posterior: Vec3 = [0, 1, 0];

/** The sections of an item made ready for the views; undefined where they make no line. */
export function shownLine(id: string, sections: readonly LineSection[]): ShownLine | undefined {
  if (sections.length < 2) return undefined;
  const sum = (of: (section: LineSection) => number): number => sections.reduce((total, one) => total + of(one), 0);
  const turn = Math.atan2(
    -sum(({ u }) => dot(u, posterior)),
    sum(({ v }) => dot(v, posterior)),
  );
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const frames = sections.map(({ u, v }): CurveFrame => {
    const right = along(scale(u, cos), v, sin);
    const down = along(scale(v, cos), u, -sin);
    return { tangent: cross(u, v), u: right, v: down };
  });
  return { id, sections, points: sections.map(({ at }) => at), frames, lengthMm: sections.at(-1)?.positionMm ?? 0 };
}

/** Point and plane at a position, between two sections where it lies there. Beyond the ends: those of the end. */
export function planeAt(
  { sections, points, frames, lengthMm }: ShownLine,
  positionMm: number,
): { readonly at: LpsMm; readonly right: Vec3; readonly down: Vec3; readonly normal: Vec3; readonly index: number } {
  const wanted = Math.min(lengthMm, Math.max(0, positionMm));
  let [low, high] = [0, sections.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.positionMm ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  const from = sections[low]?.positionMm ?? 0;
  const span = (sections[high]?.positionMm ?? from) - from;
  const part = span > 0 ? (wanted - from) / span : 0;
  const a: LpsMm = points[low] ?? [0, 0, 0];
  const b: LpsMm = points[high] ?? [0, 0, 0];
  const [c, d] = [frames[low], frames[high]];
  const u = c?.u ?? [1, 0, 0];
  const v = c?.v ?? [0, 1, 0];
  const right = normalize(along(u, subtract(d?.u ?? u, u), part));
  const turned = along(v, subtract(d?.v ?? v, v), part);
  const down = normalize(along(turned, right, -dot(turned, right)));
  return {
    at: along(a, subtract(b, a), part),
    right,
    down,
    normal: cross(right, down),
    index: part < 0.5 ? low : high,
  };
}

/** The position nearest to a point, and how far the line passes from it, mm. */
export function nearestPosition(
  { sections, points }: ShownLine,
  point: LpsMm,
): { readonly positionMm: number; readonly distanceMm: number; readonly index: number } {
  let best = { positionMm: 0, distanceMm: Infinity, index: 0 };
  for (let n = 0; n < points.length; n += 1) {
    const [a, b] = [points[n], points[n + 1] ?? points[n]];
    if (a === undefined || b === undefined) continue;
    const way = subtract(b, a);
    const length2 = dot(way, way);
    const part = length2 > 0 ? Math.min(1, Math.max(0, dot(subtract(point, a), way) / length2)) : 0;
    const distanceMm = distance(point, along(a, way, part));
    if (distanceMm >= best.distanceMm) continue;
    const from = sections[n]?.positionMm ?? 0;
    const to = sections[n + 1]?.positionMm ?? from;
    best = { positionMm: from + part * (to - from), distanceMm, index: n };
  }
  return best;
}

/** Largest wall distance of the line, mm; what it is shown in is made to fit. 0 where no lumen is measured. */
export function widestMm({ sections }: ShownLine): number {
  return Math.max(0, ...sections.map(reachMm));
}

/** Distance of the wall's farthest point from the line, mm. */
export function reachMm({ wallMm }: LineSection): number {
  return Math.max(0, ...(wallMm ?? []).map(([x, y]) => Math.hypot(x, y)));
}
