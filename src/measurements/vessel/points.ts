import type { LpsMm } from '../../geometry/index.ts';
import { distance } from '../../geometry/index.ts';
import type { Computed } from '../kind.ts';
import { triple } from '../points.ts';
import type { VesselItem } from './item.ts';

/** Nearer than this to a clicked point there is no room for another, mm. */
const roomMm = 1;

/** Points of the centreline, or the clicked ones where it is not known yet. */
export function centrelineOf(item: VesselItem, computed?: Computed): readonly LpsMm[] {
  const line = computed?.results['centreline'];
  const points: unknown = line !== undefined && 'value' in line ? line.value : undefined;
  return isLine(points) ? points : item.path;
}

/** The path with a point more where its centreline was clicked, in the right leg; nothing moves until the point is dragged. */
export function pointWithin(item: VesselItem, at: LpsMm, computed?: Computed): VesselItem | undefined {
  const line = centrelineOf(item, computed);
  const here = nearestOf(line, at);
  const point = line[here];
  if (point === undefined || item.path.some((one) => distance(one, point) < roomMm)) return undefined;
  // Clicked points lie along the line in their order.
  let before = 0;
  let from = 0;
  for (const [n, one] of item.path.entries()) {
    const place = from + nearestOf(line.slice(from), one);
    if (n > 0 && n < item.path.length - 1 && place >= here) break;
    if (n === item.path.length - 1) break;
    [before, from] = [n, place];
  }
  return { ...item, path: [...item.path.slice(0, before + 1), triple(point), ...item.path.slice(before + 1)] };
}

/** The path that goes on from its nearer end. */
export function pointBeyond(item: VesselItem, at: LpsMm): VesselItem | undefined {
  const [first, last] = [item.path[0], item.path.at(-1)];
  if (first === undefined || last === undefined || item.path.some((one) => distance(one, at) < roomMm))
    return undefined;
  return {
    ...item,
    path: distance(first, at) < distance(last, at) ? [triple(at), ...item.path] : [...item.path, triple(at)],
  };
}

function isLine(value: unknown): value is readonly LpsMm[] {
  return Array.isArray(value);
}

function nearestOf(line: readonly LpsMm[], at: LpsMm): number {
  let best = 0;
  line.forEach((point, n) => {
    if (distance(point, at) < distance(line[best] ?? point, at)) best = n;
  });
  return best;
}
