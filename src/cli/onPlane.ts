import { frameFacts } from '../dicom/index.ts';
import type { Instance, Series } from '../dicom/index.ts';
import { cross, dot, subtract } from '../geometry/index.ts';
import type { LpsMm } from '../geometry/index.ts';
import { neighbours } from './neighbours.ts';
import type { Neighbour } from './neighbours.ts';

/** A point this near to a picture's plane lies in it: written positions are rounded to some hundredths of a millimetre. */
const inPlaneMm = 0.01;

/**
 * The picture in whose own plane a point of the patient lies, for series that are no volume (uneven or missing slices, a
 * single image): there the value is exact, while between the pictures nothing is known. Both lists are empty outside.
 */
export function picturesThrough(
  series: Series,
  at: LpsMm,
  nearest: boolean,
): readonly { readonly instance: Instance; readonly frame: number; readonly found: readonly Neighbour[] }[] {
  return series.frames.flatMap(({ instance: which, frame }) => {
    const instance = series.instances[which];
    if (!instance) return [];
    const { position, orientation, pixelSpacing } = frameFacts(instance, frame);
    if (!position || !orientation || pixelSpacing?.basis !== 'patient') return [];
    const [columns, rows] = orientation;
    const from = subtract(at, position);
    if (Math.abs(dot(from, cross(columns, rows))) > inPlaneMm) return [];
    const [betweenRows, betweenColumns] = pixelSpacing.mm;
    const { pixel } = instance;
    const index = [dot(from, columns) / betweenColumns, dot(from, rows) / betweenRows, 0] as const;
    const found = neighbours(index, [pixel.columns, pixel.rows, 1], nearest);
    return found ? [{ instance, frame, found }] : [];
  });
}
