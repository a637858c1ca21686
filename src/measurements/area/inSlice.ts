import type { Vec2 } from '../../geometry/index.ts';
import { cross, distanceToPlane, dot, normalize, subtract } from '../../geometry/index.ts';
import type { Computed, Given, Run, SeriesFacts, SlicePlace } from '../kind.ts';
import { valuesInImage } from './inImage.ts';
import type { AreaItem } from './item.ts';
import { inSpace } from './item.ts';
import { framePoints, inPatientOnly, outlineThrough } from './outlineOf.ts';
import { noValues } from './values.ts';

/** Within this an outline lies in a plane, or in a slice, mm. */
export const samePlaneMm = 0.1;

/**
 * The picture in whose plane an outline of the patient lies, in a series that is no volume; undefined where it lies in
 * none: between such slices nothing is known.
 */
export function sliceHolding(item: AreaItem, series: SeriesFacts | undefined): SlicePlace | undefined {
  const points = inPatientOnly(framePoints(item));
  let best: { readonly slice: SlicePlace; readonly off: number } | undefined;
  for (const slice of series?.slices ?? []) {
    const plane = { point: slice.origin, normal: normalize(cross(slice.axes[0], slice.axes[1])) };
    const off = Math.max(...points.map((p) => Math.abs(distanceToPlane(plane, p))));
    if (off <= samePlaneMm && (best === undefined || off < best.off)) best = { slice, off };
  }
  return best?.slice;
}

/** Values of that picture's own pixels; `given.pixels` holds it. */
export function valuesInOwnSlice(item: AreaItem, given: Given, run: Run): Computed {
  const slice = sliceHolding(item, given.series);
  if (slice === undefined) {
    const message = 'This series is no volume and the outline lies in none of its slices: nothing is known there.';
    return noValues('no-volume', message);
  }
  const outline = outlineThrough(item, (p): Vec2 => {
    const arm = subtract(inSpace(p), slice.origin);
    return [dot(arm, slice.axes[0]) / slice.mm[1], dot(arm, slice.axes[1]) / slice.mm[0]];
  });
  return valuesInImage(outline, given.pixels, run);
}
