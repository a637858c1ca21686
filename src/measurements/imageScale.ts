import type { AxisScale } from '../dicom/index.ts';
import type { PixelXY } from '../geometry/index.ts';
import type { Basis, Note, Quantity } from '../quantity/index.ts';
import type { ImageFacts } from './kind.ts';
import { ultrasoundScale } from './ultrasoundScale.ts';

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

/** What a mark on an image can be measured in. */
export type MarkScale =
  | { readonly means: 'plane'; readonly scale: ImageScale; readonly notes: readonly Note[] }
  | { readonly means: 'axes'; readonly column: AxisScale; readonly row: AxisScale }
  /** No number at all: `note` says why, for whatever key. */
  | { readonly means: 'nothing'; readonly note: Note };

/** The scale under a mark with these corners; ultrasound has one a region, other images one for all. */
export function scaleUnder(image: ImageFacts, corners: readonly PixelXY[], closed = false): MarkScale {
  const { regions = [] } = image;
  if (regions.length === 0) {
    const scale = imageScale(image);
    return { means: 'plane', scale, notes: scaleNotes(image, scale) };
  }
  const found = ultrasoundScale(regions, corners, closed);
  switch (found.means) {
    case 'axes':
      return found;
    case 'nothing':
      return { means: 'nothing', note: { code: found.code, message: found.say } };
    case 'plane': {
      const { column, row } = found;
      return { means: 'plane', scale: { column, row, unit: 'mm', basis: 'region', assumed: null }, notes: [] };
    }
    case 'no-region': {
      const scale: ImageScale = { column: 1, row: pixelAspect(image), unit: 'px', basis: 'none', assumed: null };
      const message = 'This place lies outside the calibrated regions of the ultrasound image: pixels and ratios only.';
      return { means: 'plane', scale, notes: [{ code: 'uncalibrated', message }] };
    }
  }
}

/** What a region without lengths in both directions cannot give. */
export function noPlaneNote(key: string, what: string): Note {
  return { code: 'no-picture-region', key, message: `This region shows no picture of the body: no ${what} here.` };
}

/** A number that is none: the note of its key says why. */
export const noLength: Quantity = { value: null, unit: 'px', uncertainty: null, basis: 'none' };

const quantities: Readonly<Record<string, string>> = { mm: 'depth', s: 'time', 'cm/s': 'velocity', Hz: 'frequency' };
/** "time (s)". */
function inWords({ unit }: AxisScale): string {
  const name = quantities[unit];
  return name === undefined ? unit : `${name} (${unit})`;
}

function partOf({ unit, perPixel }: AxisScale, pixels: number, otherwise: string): AxisPart {
  const quantity: Quantity = { value: perPixel * pixels, unit, uncertainty: null, basis: 'region' };
  return { name: quantities[unit] ?? otherwise, quantity };
}

/** Off the axis by no more than this many pixels is a hand's tremble, not a slant. */
const levelPx = 0.5;

/** How far a line goes along one axis of a region whose axes are no two lengths. */
export interface AxisPart {
  /** What runs along the axis: "time", "velocity", "depth"; "across" or "down" where its unit has no such name. */
  readonly name: string;
  readonly quantity: Quantity;
}
export interface LengthInImage {
  readonly quantity: Quantity;
  readonly notes: readonly Note[];
  /** Of a line in a spectrum or M-mode: along the axis it lies on; of a slanted one across, then down. */
  readonly along?: readonly AxisPart[];
}

/** The distance between two image points under `key`, with its unit, where that comes from and what must be said. */
export function lengthInImage(image: ImageFacts, p: PixelXY, q: PixelXY, key: string): LengthInImage {
  const under = scaleUnder(image, [p, q]);
  const columns = Math.abs(q[0] - p[0]);
  const rows = Math.abs(q[1] - p[1]);
  switch (under.means) {
    case 'nothing':
      return { quantity: noLength, notes: [{ ...under.note, key }] };
    case 'axes': {
      const level = rows <= levelPx && columns > levelPx;
      const upright = columns <= levelPx && rows > levelPx;
      const across = partOf(under.column, columns, 'across');
      const down = partOf(under.row, rows, 'down');
      if (level || upright) {
        const part = level ? across : down;
        return { quantity: part.quantity, notes: [], along: [part] };
      }
      const message = `This region shows ${inWords(under.column)} across and ${inWords(under.row)} down: a slanted line has one value along each, and no length.`;
      // The unit of the axis it runs along most names what it was meant to be.
      const { unit } = columns >= rows ? under.column : under.row;
      return {
        quantity: { value: null, unit, uncertainty: null, basis: 'region' },
        notes: [{ code: 'slanted-in-region', key, message }],
        along: [across, down],
      };
    }
    case 'plane': {
      const { scale, notes } = under;
      const value = Math.hypot(columns * scale.column, rows * scale.row);
      const quantity: Quantity = { value, unit: scale.unit, uncertainty: null, basis: scale.basis };
      if (scale.assumed === null) return { quantity, notes };
      const assumed = Math.hypot(columns * scale.assumed.column, rows * scale.assumed.row);
      return {
        quantity: { ...quantity, estimate: { value: assumed, unit: 'mm', basis: scale.assumed.basis } },
        notes,
      };
    }
  }
}
const projections: ReadonlySet<string> = new Set(['XA', 'RF', 'CR', 'DX', 'MG', 'PX', 'RG', 'XF']);
export const isProjection = (image: ImageFacts): boolean => projections.has(image.modality.toUpperCase());

/** Without a distance in the file: 20 mm at 500 to 1000 mm from the source, where patients lie. */
const usualDepthError = '2 to 4';

/** S-3, of an image that a person has calibrated. */
export function depthSentence(image: ImageFacts): string {
  return `Millimetres at the depth of the calibration object only; ${depthErrorText(image)} % error per 20 mm of depth.`;
}

/** Per cent by which a length is wrong for every 20 mm that it lies before or behind the calibrated depth. */
function depthErrorText(image: ImageFacts): string {
  const sourceToPatientMm = image.projection?.sourceToPatientMm ?? null;
  return sourceToPatientMm !== null && sourceToPatientMm > 0
    ? String(Math.round((20 / sourceToPatientMm) * 1000) / 10)
    : usualDepthError;
}

/** What must be said about lengths on this image (sentences S-2, S-3 of the clinical page). */
export function scaleNotes(image: ImageFacts, scale: ImageScale): readonly Note[] {
  const projection = isProjection(image);
  if (scale.unit === 'px')
    return [
      {
        code: 'uncalibrated',
        message: projection
          ? 'Uncalibrated projection: pixels and ratios only.'
          : 'This image has no calibrated pixel size: pixels and ratios only.',
      },
    ];
  if (scale.basis !== 'calibrated') return [];
  const notes: Note[] = [];
  if (image.calibratedBy !== undefined)
    notes.push({ code: 'calibrated-by-user', message: `Calibrated by the user: ${image.calibratedBy}.` });
  if (projection)
    notes.push({
      code: 'calibration-depth',
      message: depthSentence(image),
    });
  return notes;
}
