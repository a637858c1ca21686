import type { Note, Outcome, Quantity } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import { isPixel } from '../../geometry/index.ts';
import { pixelAspect } from '../imageScale.ts';
import type { Computed, Given, MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { copyPoint, noHandle, samePoint } from '../points.ts';
import { isQuantity, privateCode, rowOf } from '../rowOf.ts';
import { answered, calibrationForm } from './form.ts';
import { calibrationSchema, knownMillimetres, saysWhat, sheathSentence } from './item.ts';
import type { CalibrationItem } from './item.ts';

export const calibration: MeasurementKind<CalibrationItem> = {
  name: 'calibration',
  title: 'Calibration',
  tool: { name: 'Calibrate', key: 'Q', spaces: ['image'], hint: 'Calibrate on something of known size' },
  version: 1,
  schema: calibrationSchema,
  parse: (json) => parseItem(calibrationSchema, json),
  migrations: [],
  steps: [
    { handle: 'start', asks: 'Click one edge of something of known size' },
    { handle: 'end', asks: 'Click its opposite edge' },
  ],
  finish({ points: [p, q], answers, label, order, side, on }) {
    if (p === undefined || q === undefined || answers === undefined || samePoint(p, q)) return undefined;
    const fields = { points: [p, q], ...answered(answers) };
    return parseItem(calibrationSchema, { type: 'item', kind: 'calibration', label, order, side, on, ...fields });
  },
  form: calibrationForm,
  handles: ({ points }) => [
    { name: 'start', at: points[0], title: 'Start' },
    { name: 'end', at: points[1], title: 'End' },
  ],
  moveHandle(item, handle, to) {
    if (handle === 'start') return { ...item, points: [copyPoint(to), item.points[1]] };
    if (handle === 'end') return { ...item, points: [item.points[0], copyPoint(to)] };
    return noHandle('calibration', handle);
  },
  uses: () => [],
  needs: () => [],
  compute: async (item, given) => computed(item, given),
  scale(item, { results }) {
    const found = results['millimetresPerPixel'];
    if (!isQuantity(found) || found.value === null) return undefined;
    return { millimetresPerPixel: found.value, says: saysWhat(item) };
  },
  shapes: ({ points }) => [{ type: 'polyline', points, role: 'reference' }],
  rows: (_item, found) => [
    ...rowOf(found, 'millimetresPerPixel', 'Scale', privateCode('MM_PER_PIXEL', 'Millimetres per pixel'), true),
    ...rowOf(found, 'widthPixels', 'Width of the object', privateCode('WIDTH_PIXELS', 'Width in pixels')),
  ],
};

/** Below this many pixels the hand's error is a large part of the width, and is told. */
const narrowPx = 20;

function computed(item: CalibrationItem, { image }: Given): Outcome<Computed> {
  const [p, q] = item.points;
  if (image === undefined || !isPixel(p) || !isPixel(q))
    return refuse('image-missing', 'The image this was drawn on is not among the open data.');
  if ((image.regions?.length ?? 0) > 0)
    return refuse(
      'scale-by-region',
      'This ultrasound image carries a scale for each of its regions: it is not calibrated by hand.',
    );
  const edges = item.options?.edges ?? (item.french === undefined ? 'asClicked' : 'auto');
  if (edges === 'auto')
    return refuse(
      'edges-not-found',
      'The edges of the object were not found: this version does not look for them. Click both edges and choose "as clicked".',
    );
  const width = Math.hypot(q[0] - p[0], (q[1] - p[1]) * pixelAspect(image));
  const notes: Note[] = [];
  const quantity = (value: number | null, unit: string, basis: Quantity['basis']): Quantity => ({
    value,
    unit,
    uncertainty: null,
    basis,
  });
  if (!(width > 0))
    notes.push({
      code: 'no-width',
      key: 'millimetresPerPixel',
      message: 'Both edges lie on one point: this gives no scale.',
    });
  else if (width < narrowPx)
    notes.push({
      code: 'few-pixels',
      key: 'millimetresPerPixel',
      message: `The object is only ${width.toFixed(1)} pixels wide: one pixel more or less changes every length by ${Math.round(100 / width)} %.`,
    });
  if (item.object === 'sheath') notes.push({ code: 'sheath-inner-size', message: sheathSentence });
  return ok({
    results: {
      millimetresPerPixel: quantity(width > 0 ? knownMillimetres(item) / width : null, 'mm/px', 'calibrated'),
      widthPixels: quantity(width, 'px', 'none'),
    },
    notes,
  });
}
