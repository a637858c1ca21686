import type { Point } from '../geometry/index.ts';
import { distance, isLps, isPixel } from '../geometry/index.ts';
import type { Outcome, Quantity } from '../quantity/index.ts';
import { ok, refuse } from '../quantity/index.ts';
import { lengthInImage, type LengthInImage } from './imageScale.ts';
import type { Given } from './kind.ts';

/** The straight distance between two points of one space, with its unit, basis and what must be said about it (`key`). */
export function lengthBetween(p: Point, q: Point, { image }: Given, key: string): Outcome<LengthInImage> {
  if (isLps(p) && isLps(q)) return ok({ quantity: millimetres(distance(p, q)), notes: [] });
  if (image === undefined || !isPixel(p) || !isPixel(q))
    return refuse('image-missing', 'The image this was drawn on is not among the open data.');
  return ok(lengthInImage(image, p, q, key));
}

/** Millimetres in the patient, whose geometry is known. */
export function millimetres(value: number | null): Quantity {
  return { value, unit: 'mm', uncertainty: null, basis: 'patient' };
}
export function millilitres(volumeMm3: number | null): Quantity {
  return { value: volumeMm3 === null ? null : volumeMm3 / 1000, unit: 'mL', uncertainty: null, basis: 'patient' };
}
export function percent(value: number | null): Quantity {
  return { value, unit: '%', uncertainty: null, basis: null };
}
export function angle(value: number | undefined): Quantity {
  return { value: value ?? null, unit: 'deg', uncertainty: null, basis: null };
}
