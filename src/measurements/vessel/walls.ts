import type { LpsMm } from '../../geometry/index.ts';
import { distance } from '../../geometry/index.ts';
import type { WallMarks } from '../kind.ts';
import { triple } from '../points.ts';
import type { VesselItem } from './item.ts';

/** Walls drawn this near to each other are of one place, mm. */
const onePlaceMm = 0.75;

const elsewhere = (item: VesselItem, at: LpsMm): NonNullable<VesselItem['contours']> =>
  (item.contours ?? []).filter((contour) => distance(contour.at, at) > onePlaceMm);

/** Walls drawn by hand: they stay at their place of the patient, wherever the path is moved. */
export const vesselWalls: WallMarks<VesselItem> = {
  set: (item, at, outline) => ({
    ...item,
    contours: [...elsewhere(item, at), { at: triple(at), outline: outline.map(triple) }],
  }),
  clear(item, at) {
    const contours = elsewhere(item, at);
    const { contours: _old, ...rest } = item;
    return contours.length > 0 ? { ...rest, contours } : rest;
  },
  isByHand: (item, at) => elsewhere(item, at).length < (item.contours ?? []).length,
};
