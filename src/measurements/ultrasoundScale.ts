import { regionScale, regionsAt } from '../dicom/index.ts';
import type { AxisScale, RegionScale, UltrasoundRegion } from '../dicom/index.ts';
import type { PixelXY } from '../geometry/index.ts';

/** What the pixels under a whole mark mean, by the regions of an ultrasound image. */
export type UltrasoundScale =
  /** No corner lies in a region. */
  | { readonly means: 'no-region' }
  /** From one region into another, or out of one; or a region without units. `say` in words. */
  | { readonly means: 'nothing'; readonly code: string; readonly say: string }
  /** A picture of the body: mm a column step and a row step. */
  | { readonly means: 'plane'; readonly column: number; readonly row: number }
  /** Time, speed or depth along the axes (spectral, M-mode). */
  | { readonly means: 'axes'; readonly column: AxisScale; readonly row: AxisScale };

/**
 * The scale of a mark with these corners ([column, row]; `closed`: the last joins the first): that of all its sides,
 * which `src/dicom` tells, where they agree. A side alone may leave a colour box for the grey picture of the same scale.
 */
export function ultrasoundScale(
  regions: readonly UltrasoundRegion[],
  corners: readonly PixelXY[],
  closed = false,
): UltrasoundScale {
  if (corners.every((corner) => regionsAt(regions, corner).length === 0)) return { means: 'no-region' };
  let common: UltrasoundScale | undefined;
  for (let i = closed ? 0 : 1; i < corners.length; i += 1) {
    const from = corners.at(i - 1);
    const to = corners[i];
    if (from === undefined || to === undefined) continue;
    const side = ofSide(regionScale(regions, from, to));
    if (side.means === 'nothing') return side;
    common ??= side;
    if (!alike(common, side)) {
      const say = 'The mark goes from one region of the picture into another: their scales do not join.';
      return { means: 'nothing', code: 'across-regions', say };
    }
  }
  return common ?? { means: 'no-region' };
}

function ofSide(scale: RegionScale): UltrasoundScale {
  switch (scale.kind) {
    case 'length':
      return { means: 'plane', column: scale.columnMm, row: scale.rowMm };
    case 'axes':
      return { means: 'axes', column: scale.x, row: scale.y };
    case 'none':
      return scale.code === 'unknown-units'
        ? { means: 'nothing', code: scale.code, say: scale.say }
        : {
            means: 'nothing',
            code: 'across-regions',
            say: 'This reaches out of its region of the picture, or into another: it has no value on one scale.',
          };
  }
}

function alike(a: UltrasoundScale, b: UltrasoundScale): boolean {
  const near = (p: number, q: number): boolean => Math.abs(p - q) <= 1e-3 * Math.abs(p);
  if (a.means === 'plane' && b.means === 'plane') return near(a.column, b.column) && near(a.row, b.row);
  if (a.means !== 'axes' || b.means !== 'axes') return false;
  const same = (p: AxisScale, q: AxisScale): boolean => p.unit === q.unit && near(p.perPixel, q.perPixel);
  return same(a.column, b.column) && same(a.row, b.row);
}
