import type { PlanItem, RecordId } from '../../plan/index.ts';
import type { Note, Outcome, Quantity } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import { sameGeometry } from '../calibrations.ts';
import type { Computed, Given } from '../kind.ts';
import { isQuantity } from '../rowOf.ts';
import type { RatioItem } from './item.ts';

interface Part {
  readonly item: PlanItem;
  readonly name: string;
  readonly quantity: Quantity;
}

/** numerator / denominator, both scalars of one unit. */
export function computeRatio({ numerator, denominator }: RatioItem, given: Given): Outcome<Computed> {
  const above = partOf(numerator, given);
  if (!above.ok) return above;
  const below = partOf(denominator, given);
  if (!below.ok) return below;
  const [a, b] = [above.value, below.value];
  if (a.quantity.unit !== b.quantity.unit)
    return refuse(
      'units-differ',
      `${a.name} is in ${unitName(a.quantity)}, ${b.name} in ${unitName(b.quantity)}: only numbers of one unit are divided.`,
    );
  if (a.quantity.unit === 'px' || a.quantity.unit === 'px2') {
    const apart = pixelsApart(a.item, b.item, given);
    if (apart !== undefined) return apart;
  }
  const [x, y] = [a.quantity.value, b.quantity.value];
  const notes: Note[] = [];
  const missing = x === null ? a : y === null ? b : undefined;
  if (missing !== undefined)
    notes.push({ code: 'part-missing', key: 'ratio', message: `${missing.name} has no value: see its own notes.` });
  else if (y === 0)
    notes.push({ code: 'divided-by-zero', key: 'ratio', message: `${b.name} is 0: nothing is divided by it.` });
  const value = x === null || y === null || y === 0 ? null : x / y;
  if (value !== null) notes.push({ code: 'divided', key: 'ratio', message: `${said(a)} divided by ${said(b)}.` });
  if (a.quantity.basis !== b.quantity.basis)
    notes.push({
      code: 'basis-differs',
      key: 'ratio',
      message: 'The two numbers do not have their unit from the same source (patient, region, calibration).',
    });
  return ok({
    results: { ratio: { value, unit: '1', uncertainty: spread(a.quantity, b.quantity, value), basis: null } },
    notes,
  });
}

function partOf({ item: id, key }: { readonly item: RecordId; readonly key: string }, given: Given): Outcome<Part> {
  const record = given.record(id);
  const result = given.result(id);
  if (record?.type !== 'item' || result === undefined)
    return refuse('depends-on-failed', `The record "${id}" it needs has no numbers.`);
  if (!result.ok) return refuse('depends-on-failed', `The record "${id}" it needs failed: ${result.why.say}`);
  const quantity = result.value.results[key];
  if (!isQuantity(quantity))
    return refuse('no-such-result', `"${record.label || id}" has no single number named "${key}".`);
  return ok({ item: record, name: `"${record.label || id}" (${inWords(key)})`, quantity });
}

/** Pixels of two pictures are one measure only where both were taken alike, as for a calibration. */
function pixelsApart(a: PlanItem, b: PlanItem, given: Given): ReturnType<typeof refuse> | undefined {
  if (a.on.in !== 'image' || b.on.in !== 'image') return undefined;
  const sameFrame = a.on.sopInstanceUID === b.on.sopInstanceUID && a.on.frame === b.on.frame;
  if (sameFrame) return undefined;
  const [one, other] = [given.imageOf(a.on), given.imageOf(b.on)];
  const alike =
    a.on.seriesInstanceUID === b.on.seriesInstanceUID &&
    one !== undefined &&
    other !== undefined &&
    sameGeometry(one, other);
  if (alike) return undefined;
  return refuse(
    'scales-differ',
    'Pixels of images that were not taken alike are not divided: one pixel may mean another length there. Calibrate both.',
  );
}

/** Of a quotient, to first order, for independent parts; null where one of them is not known. */
function spread(a: Quantity, b: Quantity, value: number | null): number | null {
  if (value === null || a.uncertainty === null || b.uncertainty === null || !a.value || !b.value) return null;
  return Math.abs(value) * Math.hypot(a.uncertainty / a.value, b.uncertainty / b.value);
}
/** "longestDiameter3d" as "longest diameter 3D". */
function inWords(key: string): string {
  return key
    .replace(/([a-z])([A-Z]|\d)/g, '$1 $2')
    .toLowerCase()
    .replace(/\dd$/, (end) => end.toUpperCase());
}
const unitName = ({ unit }: Quantity): string => (unit === '1' ? 'plain numbers' : unit);
function said({ name, quantity: { value, unit } }: Part): string {
  const number = value === null ? '–' : String(Math.round(value * 100) / 100);
  return `${name} ${number}${unit === '1' ? '' : ` ${unit}`}`;
}
