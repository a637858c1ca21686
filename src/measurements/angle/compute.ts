import type { PixelXY, Vec3 } from '../../geometry/index.ts';
import { angleAt, isLps, isPixel } from '../../geometry/index.ts';
import type { Note, Outcome } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import { isProjection, noPlaneNote, scaleUnder } from '../imageScale.ts';
import type { Computed, Given, ImageFacts } from '../kind.ts';
import { angle } from '../lengthBetween.ts';
import type { AngleItem } from './item.ts';

export function computeAngle({ points: [p, vertex, q] }: AngleItem, { image }: Given): Outcome<Computed> {
  if (isLps(p) && isLps(vertex) && isLps(q)) return ok(told(angleAt(p, vertex, q), []));
  if (image === undefined || !isPixel(p) || !isPixel(vertex) || !isPixel(q))
    return refuse('image-missing', 'The image this was drawn on is not among the open data.');
  return ok(inImage(image, p, vertex, q));
}

/** Columns and rows count as long as they are, so that pixels that are not square leave the angle true. */
function inImage(image: ImageFacts, p: PixelXY, vertex: PixelXY, q: PixelXY): Computed {
  const under = scaleUnder(image, [p, vertex, q]);
  if (under.means === 'nothing')
    return { results: { angle: angle(undefined) }, notes: [{ ...under.note, key: 'angle' }] };
  if (under.means === 'axes') return { results: { angle: angle(undefined) }, notes: [noPlaneNote('angle', 'angle')] };
  const { column, row } = under.scale;
  const flat = ([x, y]: PixelXY): Vec3 => [x * column, y * row, 0];
  const notes: Note[] = isProjection(image)
    ? [
        {
          code: 'projected-angle',
          key: 'angle',
          message: 'The angle in the projection; in the patient it may be another.',
        },
      ]
    : [];
  return told(angleAt(flat(p), flat(vertex), flat(q)), notes);
}

function told(value: number | undefined, notes: readonly Note[]): Computed {
  if (value !== undefined) return { results: { angle: angle(value) }, notes };
  const message = 'An arm has no length: there is no angle.';
  return { results: { angle: angle(undefined) }, notes: [{ code: 'no-arm', key: 'angle', message }] };
}
