import type { ImageSpace, PlanRecord, RecordId, Space } from '../plan/index.ts';
import { pixelAspect } from './imageScale.ts';
import type { Computed, ImageFacts, MeasurementKind } from './kind.ts';

type Records = Readonly<Record<RecordId, PlanRecord>>;
type Kinds = ReadonlyMap<string, MeasurementKind>;

/**
 * Records that may give images of this series their scale, the one that counts first: the highest `order`, of equal ones
 * the last by id. Empty for an item in the patient, whose scale is the patient's.
 */
export function calibrationIds(records: Records, kinds: Kinds, on: Space): readonly RecordId[] {
  if (on.in !== 'image') return [];
  const found: { readonly id: RecordId; readonly order: number }[] = [];
  for (const [id, record] of Object.entries(records)) {
    if (record.type !== 'item' || record.on.in !== 'image' || record.on.seriesInstanceUID !== on.seriesInstanceUID)
      continue;
    if (kinds.get(record.kind)?.scale !== undefined) found.push({ id, order: record.order });
  }
  return found.sort((a, b) => b.order - a.order || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
}

/** Whether one pixel means the same on both: equal size, field of view, distances, angles and detector spacing. */
export function sameGeometry(a: ImageFacts, b: ImageFacts): boolean {
  if (a.rows !== b.rows || a.columns !== b.columns) return false;
  const [p, q] = [a.projection, b.projection];
  if (p === undefined || q === undefined) return p === q;
  return (
    p.fieldOfView === q.fieldOfView &&
    same(p.sourceToDetectorMm, q.sourceToDetectorMm) &&
    same(p.sourceToPatientMm, q.sourceToPatientMm) &&
    same(p.primaryAngleDeg, q.primaryAngleDeg) &&
    same(p.secondaryAngleDeg, q.secondaryAngleDeg) &&
    same(p.imagerPixelSpacing?.[0] ?? null, q.imagerPixelSpacing?.[0] ?? null) &&
    same(p.imagerPixelSpacing?.[1] ?? null, q.imagerPixelSpacing?.[1] ?? null)
  );
}
/** Equal but for the last bits of numbers stored in 32. */
function same(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
}

/** What is asked to find the scale of one frame. */
export interface ScaleQuestion {
  readonly records: Records;
  readonly kinds: Kinds;
  readonly result: (id: RecordId) => Computed | undefined;
  readonly imageOf: (on: ImageSpace) => ImageFacts | undefined;
}

/**
 * The facts of an image with the scale that a person gave its series: it overrides the header's. Unchanged where none
 * applies, and for ultrasound with regions, each of which has a scale of its own.
 */
export function withCalibration(image: ImageFacts, on: ImageSpace, asked: ScaleQuestion): ImageFacts {
  if ((image.regions?.length ?? 0) > 0) return image;
  for (const id of calibrationIds(asked.records, asked.kinds, on)) {
    const record = asked.records[id];
    const computed = asked.result(id);
    if (record?.type !== 'item' || record.on.in !== 'image' || computed === undefined) continue;
    const kind = asked.kinds.get(record.kind);
    const its = asked.imageOf(record.on);
    if (kind?.scale === undefined || its === undefined || !sameGeometry(its, image)) continue;
    const given = kind.scale(kind.parse(record), computed);
    if (given === undefined) continue;
    const { millimetresPerPixel, says } = given;
    const mm = [millimetresPerPixel * pixelAspect(image), millimetresPerPixel] as const;
    return { ...image, pixelSpacing: { mm, basis: 'calibrated' }, calibratedBy: says };
  }
  return image;
}
