import type { PixelXY } from '../geometry/index.ts';
import type { Basis, Note, Quantity } from '../quantity/index.ts';
import type { ImageFacts } from './kind.ts';

/** How lengths in one image are told: in millimetres where the image truly has them, else in pixels. */
export interface ImageScale {
  /** Length of one column step and one row step in `unit`. */
  readonly column: number;
  readonly row: number;
  readonly unit: 'mm' | 'px';
  readonly basis: Basis;
  /** Millimetres of a column and a row step on an assumed scale; shown only with its mark. */
  readonly assumed: { readonly column: number; readonly row: number; readonly basis: 'detector' | 'estimated' } | null;
}

/**
 * Height of a pixel over its width. Pixel Aspect Ratio (0028,0034) where the file says it is not square, else from the
 * spacing. Pixel lengths count columns' widths, so that a diagonal is no sum of unequal things.
 */
export function pixelAspect(image: ImageFacts): number {
  const [vertical, horizontal] = image.pixelAspectRatio;
  if (vertical > 0 && horizontal > 0 && vertical !== horizontal) return vertical / horizontal;
  const mm = image.pixelSpacing?.mm;
  return mm && mm[0] > 0 && mm[1] > 0 ? mm[0] / mm[1] : 1;
}

export function imageScale(image: ImageFacts): ImageScale {
  const aspect = pixelAspect(image);
  const pixels = { column: 1, row: aspect, unit: 'px' } as const;
  const spacing = image.pixelSpacing;
  if (spacing === null) return { ...pixels, basis: 'none', assumed: null };
  const [betweenRows, betweenColumns] = spacing.mm;
  if (spacing.basis === 'detector' || spacing.basis === 'estimated')
    return {
      ...pixels,
      basis: spacing.basis,
      assumed: { column: betweenColumns, row: betweenRows, basis: spacing.basis },
    };
  return { column: betweenColumns, row: betweenRows, unit: 'mm', basis: spacing.basis, assumed: null };
}

/** The distance between two image points, with its unit and where that comes from. */
export function lengthInImage(scale: ImageScale, p: PixelXY, q: PixelXY): Quantity {
  const columns = q[0] - p[0];
  const rows = q[1] - p[1];
  const quantity: Quantity = {
    value: Math.hypot(columns * scale.column, rows * scale.row),
    unit: scale.unit,
    uncertainty: null,
    basis: scale.basis,
  };
  if (scale.assumed === null) return quantity;
  const value = Math.hypot(columns * scale.assumed.column, rows * scale.assumed.row);
  return { ...quantity, estimate: { value, unit: 'mm', basis: scale.assumed.basis } };
}

const projections: ReadonlySet<string> = new Set(['XA', 'RF', 'CR', 'DX', 'MG', 'PX', 'RG', 'XF']);

/** What must be said about lengths on this image (sentences S-2, S-3 of the clinical page). */
export function scaleNotes(image: ImageFacts, scale: ImageScale): readonly Note[] {
  const projection = projections.has(image.modality.toUpperCase());
  if (scale.unit === 'px')
    return [
      {
        code: 'uncalibrated',
        message: projection
          ? 'Uncalibrated projection: pixels and ratios only.'
          : 'This image has no calibrated pixel size: pixels and ratios only.',
      },
    ];
  if (projection && scale.basis === 'calibrated')
    return [{ code: 'calibration-depth', message: 'Millimetres at the depth of the calibration object only.' }];
  return [];
}
