import type { LpsMm } from '../../geometry/index.ts';
import type { Computed, LineMarks } from '../kind.ts';
import { isQuantity } from '../rowOf.ts';
import { triple } from '../points.ts';
import type { VesselItem } from './item.ts';
import { centrelineOf } from './points.ts';
import { vesselWalls } from './walls.ts';

/** Index on the centreline of the place nearest to a point. */
function indexOn(line: readonly LpsMm[], point: LpsMm): number {
  let [best, least] = [0, Infinity];
  line.forEach(([x, y, z], n) => {
    const far = Math.hypot(x - point[0], y - point[1], z - point[2]);
    if (far < least) [best, least] = [n, far];
  });
  return best;
}

/** mm along the vessel of a point set by hand; null before the vessel is followed. */
export function positionOfMark(item: VesselItem, point: LpsMm, computed: Computed): number | null {
  const profile = computed.results['profile'];
  const positions = profile !== undefined && 'columns' in profile ? profile.columns['position'] : undefined;
  return positions?.[indexOn(centrelineOf(item, computed), point)] ?? null;
}

/** The found border as a point; undefined before the vessel is followed. */
function foundBorder(item: VesselItem, key: 'lesionStart' | 'lesionEnd', computed?: Computed): LpsMm | undefined {
  const { profile, [key]: quantity } = computed?.results ?? {};
  if (profile === undefined || !('columns' in profile) || !isQuantity(quantity) || quantity.value === null)
    return undefined;
  const at = quantity.value;
  const positions = profile.columns['position'] ?? [];
  let best = 0;
  positions.forEach((position, n) => {
    if (Math.abs((position ?? 0) - at) < Math.abs((positions[best] ?? 0) - at)) best = n;
  });
  return centrelineOf(item, computed)[best];
}

/** Lesion borders are dragged, and a reference is placed; both stand as points, so they keep their places when the path is mended. */
export const vesselLineMarks: LineMarks<VesselItem> = {
  offered: [{ handle: 'reference', title: 'Reference here' }],
  move(item, handle, at, computed) {
    const options = item.options ?? {};
    if (handle === 'reference')
      return { ...item, options: { ...options, reference: 'placed', referencePoints: [triple(at)] } };
    const start = options.lesion?.[0] ?? foundBorder(item, 'lesionStart', computed);
    const end = options.lesion?.[1] ?? foundBorder(item, 'lesionEnd', computed);
    if (start === undefined || end === undefined) return item;
    const lesion: [[number, number, number], [number, number, number]] =
      handle === 'lesion-start' ? [triple(at), triple(end)] : [triple(start), triple(at)];
    return { ...item, options: { ...options, lesion } };
  },
  walls: vesselWalls,
};
