import { isLps, type Point } from '../../geometry/index.ts';
import type { Note, Outcome, Quantity } from '../../quantity/index.ts';
import { ok } from '../../quantity/index.ts';
import type { Computed, Given } from '../kind.ts';
import { lengthBetween, percent } from '../lengthBetween.ts';
import type { StenosisItem } from './item.ts';

/**
 * Per cent stenosis of one narrowing from its least and its normal diameter, same unit: 100 (1 - minimum / reference).
 * Negative where wider than the reference: that is a finding, never clipped.
 */
export function diameterStenosis(minimum: number, reference: number): number {
  return 100 * (1 - minimum / reference);
}
/** The same of the areas of two circles with these diameters. */
export function circularAreaStenosis(minimum: number, reference: number): number {
  return 100 * (1 - (minimum / reference) ** 2);
}

export function computeStenosis(item: StenosisItem, given: Given): Outcome<Computed> {
  const across = ([p, q]: readonly [Point, Point], key: string) => lengthBetween(p, q, given, key);
  const lesion = across(item.lesion, 'minimumLumenDiameter');
  if (!lesion.ok) return lesion;
  const references: Quantity[] = [];
  const notes: Note[] = [...lesion.value.notes];
  for (const pair of item.references) {
    const reference = across(pair, 'referenceDiameter');
    if (!reference.ok) return reference;
    // What holds for the image is said once; what holds for this line is said of it.
    notes.push(...reference.value.notes.filter(({ key }) => key !== undefined));
    references.push(reference.value.quantity);
  }
  const minimum = lesion.value.quantity;
  const reference = meanOf(references);
  if (reference.value === null && !notes.some(({ key }) => key === 'referenceDiameter')) {
    const message = 'The two references are not lengths on one scale: they have no mean.';
    notes.push({ code: 'not-comparable', key: 'referenceDiameter', message });
  }
  notes.push(methodNote(item, given));
  let diameter: number | null = null;
  let area: number | null = null;
  const lengths = minimum.unit === reference.unit && (minimum.unit === 'mm' || minimum.unit === 'px');
  if (minimum.value !== null && reference.value !== null && reference.value > 0 && lengths) {
    diameter = diameterStenosis(minimum.value, reference.value);
    area = circularAreaStenosis(minimum.value, reference.value);
    notes.push({
      code: 'circular-assumption',
      key: 'areaStenosis',
      message: 'Area stenosis, not diameter. Both lumens are taken as circles.',
    });
    if (diameter < 0)
      notes.push({
        code: 'wider-than-reference',
        key: 'diameterStenosis',
        message: 'No stenosis: the lumen is wider than the reference.',
      });
  } else {
    const comparable = minimum.value !== null && reference.value !== null && lengths;
    const code = comparable ? 'reference-zero' : 'not-comparable';
    const message = comparable
      ? 'The reference has no width: there is nothing to compare with.'
      : 'The two diameters are not lengths on one scale: they cannot be compared.';
    notes.push({ code, key: 'diameterStenosis', message });
    notes.push({ code, key: 'areaStenosis', message });
  }
  if (item.on.in === 'patient')
    notes.push({
      code: 'displayed-plane',
      message: 'Measured across the displayed plane; an oblique vessel reads too wide.',
    });
  return ok({
    results: {
      minimumLumenDiameter: minimum,
      referenceDiameter: reference,
      diameterStenosis: percent(diameter),
      areaStenosis: percent(area),
    },
    notes,
  });
}

function meanOf(quantities: readonly Quantity[]): Quantity {
  const [first] = quantities;
  if (first === undefined) return { value: null, unit: 'px', uncertainty: null, basis: 'none' };
  const mean = (values: readonly (number | null | undefined)[]): number | null => {
    const known = values.filter((value) => typeof value === 'number');
    return known.length === values.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
  };
  const { estimate, ...rest } = first;
  const value = quantities.every(({ unit }) => unit === first.unit) ? mean(quantities.map((each) => each.value)) : null;
  const assumed = mean(quantities.map((each) => each.estimate?.value));
  return estimate && assumed !== null
    ? { ...rest, value, estimate: { ...estimate, value: assumed } }
    : { ...rest, value };
}

/** NASCET is a name for one thing only: a carotid, against one diameter beyond the bulb. */
function methodNote(item: StenosisItem, given: Given): Note {
  const message =
    item.references.length > 1
      ? 'Method: mean local reference of two diameters.'
      : item.options?.territory === 'carotid'
        ? `Method: NASCET, distal reference at ${referenceDistance(item, given)}. In a straight line; taken to lie beyond the bulb.`
        : 'Method: local reference, one diameter.';
  return { code: 'method', key: 'diameterStenosis', message };
}

/** From the middle of the lesion's line to that of the reference's: "20 mm". */
function referenceDistance({ lesion, references: [reference] }: StenosisItem, given: Given): string {
  const between = reference && lengthBetween(middleOf(lesion), middleOf(reference), given, 'referenceDiameter');
  const { value = null, unit = 'mm' } = between?.ok ? between.value.quantity : {};
  return value === null ? 'an unknown distance' : `${Number(value.toFixed(1))} ${unit}`;
}

function middleOf([p, q]: readonly [Point, Point]): Point {
  const [x, y] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  return isLps(p) && isLps(q) ? [x, y, (p[2] + q[2]) / 2] : [x, y];
}
