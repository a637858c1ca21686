import { isPixel } from '../../geometry/index.ts';
import type { Outcome } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Computed, Given, Run } from '../kind.ts';
import { areaInImage, valuesInImage } from './inImage.ts';
import { areaInPatient, valuesInPatient } from './inPatient.ts';
import type { AreaItem } from './item.ts';
import { cornersOf, inImageOnly, outlineThrough } from './outlineOf.ts';

export function computeArea(item: AreaItem, given: Given, run: Run): Outcome<Computed> {
  if (item.on.in === 'patient') return ok(joined(areaInPatient(item), valuesInPatient(item, given, run)));
  if (given.image === undefined)
    return refuse('image-missing', 'The image this was drawn on is not among the open data.');
  const outline = outlineThrough(item, (p) => (isPixel(p) ? p : [p[0], p[1]]));
  const area = areaInImage(given.image, outline, inImageOnly(cornersOf(item)));
  return ok(joined(area, valuesInImage(outline, given.pixels, run)));
}

const joined = (area: Computed, values: Computed): Computed => ({
  results: { ...area.results, ...values.results },
  notes: [...area.notes, ...values.notes],
});
