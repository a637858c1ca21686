import type { UltrasoundRegion } from '../dicom/index.ts';
import type { PixelXY } from '../geometry/index.ts';
import type { Unit } from '../quantity/index.ts';

/** What one step of an index is worth along an axis that is no length by itself. */
export interface AxisStep {
  readonly perPixel: number;
  readonly unit: Unit;
}
/** What the pixels under a mark mean, by the regions of an ultrasound image. */
export type RegionScale =
  /** Outside all regions. */
  | { readonly means: 'no-region' }
  /** From one region into another, or out of one. */
  | { readonly means: 'across' }
  /** A picture of the body: mm a column step and a row step. */
  | { readonly means: 'plane'; readonly column: number; readonly row: number }
  /** Time, speed or depth along the axes (spectral, M-mode); null along an axis whose unit has no use here. */
  | { readonly means: 'axes'; readonly column: AxisStep | null; readonly row: AxisStep | null };

/**
 * The scale of a mark with these corners ([column, row]; `closed`: the last joins the first) among an image's regions.
 * Every place of its lines counts, not only the corners, so that nothing is measured through another region.
 * Source: DICOM PS3.3 C.8.5.5 (region location, units and flags).
 */
export function regionScale(
  regions: readonly UltrasoundRegion[],
  corners: readonly PixelXY[],
  closed = false,
): RegionScale {
  const owners = new Set(placesOn(corners, closed).map((place) => ownerOf(regions, place)));
  const [owner] = owners;
  if (owner === undefined) return { means: owners.size > 1 ? 'across' : 'no-region' };
  if (owners.size > 1) {
    // A colour box lies in the grey picture that goes on around it: one scale, and one region that holds the whole.
    const whole = regions.find((region) => corners.every((corner) => holds(region, corner)));
    const alike = [...owners].every((each) => each !== undefined && whole !== undefined && sameScale(each, whole));
    if (!alike) return { means: 'across' };
  }
  if (owner.unitsX === centimetres && owner.unitsY === centimetres)
    return { means: 'plane', column: Math.abs(owner.deltaX) * 10, row: Math.abs(owner.deltaY) * 10 };
  return { means: 'axes', column: stepOf(owner.unitsX, owner.deltaX), row: stepOf(owner.unitsY, owner.deltaY) };
}

const centimetres = 3;

function stepOf(units: number, delta: number): AxisStep | null {
  switch (units) {
    case centimetres:
      return { perPixel: Math.abs(delta) * 10, unit: 'mm' };
    case 4:
      return { perPixel: Math.abs(delta), unit: 's' };
    case 7:
      return { perPixel: Math.abs(delta), unit: 'cm/s' };
    default:
      return null;
  }
}

/** Edges are pixels that belong to the region; a pixel reaches half a step beyond its centre. */
function holds({ x0, y0, x1, y1 }: UltrasoundRegion, [column, row]: PixelXY): boolean {
  return column >= x0 - 0.5 && column <= x1 + 0.5 && row >= y0 - 0.5 && row <= y1 + 0.5;
}

/** Of the regions at a place the one of high priority; of equals the smaller, which lies on the larger. */
function ownerOf(regions: readonly UltrasoundRegion[], place: PixelXY): UltrasoundRegion | undefined {
  const low = ({ flags = 0 }: UltrasoundRegion): number => flags & 1;
  const size = ({ x0, y0, x1, y1 }: UltrasoundRegion): number => (x1 - x0) * (y1 - y0);
  return regions.filter((region) => holds(region, place)).sort((a, b) => low(a) - low(b) || size(a) - size(b))[0];
}

function sameScale(a: UltrasoundRegion, b: UltrasoundRegion): boolean {
  const near = (p: number, q: number): boolean => Math.abs(p - q) <= 1e-6 * Math.abs(q);
  return a.unitsX === b.unitsX && a.unitsY === b.unitsY && near(a.deltaX, b.deltaX) && near(a.deltaY, b.deltaY);
}

/** Places along the lines, a pixel apart. */
function placesOn(corners: readonly PixelXY[], closed: boolean): readonly PixelXY[] {
  const places: PixelXY[] = [...corners];
  for (let i = closed ? 0 : 1; i < corners.length; i += 1) {
    const to = corners[i];
    const from = corners.at(i - 1);
    if (from === undefined || to === undefined) continue;
    const steps = Math.min(4096, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1])));
    for (let step = 1; step < steps; step += 1)
      places.push([from[0] + ((to[0] - from[0]) * step) / steps, from[1] + ((to[1] - from[1]) * step) / steps]);
  }
  return places;
}
