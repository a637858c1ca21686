import type { Series } from '../../src/dicom/index.ts';
import { along, dot, scale, subtract, type LpsMm, type Vec3 } from '../../src/geometry/index.ts';
import { patientKey } from '../ui/text.ts';

/** A translation that a person set between two spaces of one patient: p in `from` is shown at p + offset in `to`. Never a registration. */
export interface OffsetLink {
  /** Keys of `spaceKey`. */
  readonly from: string;
  readonly to: string;
  /** LPS mm. */
  readonly offset: Vec3;
}

/** Images whose coordinates may be compared as they are: one study, one frame of reference (without one: one series). */
export function spaceKey(series: Series): string {
  return `${series.study.studyInstanceUID}|${series.frameOfReferenceUID ?? series.key}`;
}

export function samePatient(a: Series, b: Series): boolean {
  return patientKey(a.patient, a.study.studyInstanceUID) === patientKey(b.patient, b.study.studyInstanceUID);
}

/** One frame of reference of one patient; of two dates only where `acrossDates`. */
export function samePlace(a: Series, b: Series, acrossDates: boolean): boolean {
  if (a.key === b.key) return true;
  if (a.frameOfReferenceUID === null || a.frameOfReferenceUID !== b.frameOfReferenceUID) return false;
  return a.study.studyInstanceUID === b.study.studyInstanceUID || (acrossDates && samePatient(a, b));
}

const nothing: Vec3 = [0, 0, 0];

/**
 * What is added to a patient point of `a` to find it in `b`, LPS mm; null where the two are not linked.
 * Patients are never linked, and places are never found by the number of a slice.
 */
export function offsetBetween(
  a: Series,
  b: Series,
  links: readonly OffsetLink[],
  { acrossDates }: { readonly acrossDates: boolean },
): Vec3 | null {
  if (samePlace(a, b, acrossDates)) return nothing;
  if (!samePatient(a, b)) return null;
  const [one, two] = [spaceKey(a), spaceKey(b)];
  for (const { from, to, offset } of links) {
    if (from === one && to === two) return offset;
    if (from === two && to === one) return scale(offset, -1);
  }
  return null;
}

/** The point moved along the plane's normal (unit) until it lies in the plane through `through`; LPS mm. */
export function carriedTo(point: LpsMm, through: LpsMm, normal: Vec3): LpsMm {
  return along(point, normal, dot(subtract(through, point), normal));
}

/** What one picture shows now: its series and the patient point in its middle. */
export interface ShownPlace {
  readonly series: Series;
  readonly middle: LpsMm;
}

/**
 * "Link here": the middles of the pictures are taken for the same place. One link for every two spaces of one patient
 * that are not linked by position; a link set before is replaced.
 */
export function linkedHere(
  places: readonly ShownPlace[],
  links: readonly OffsetLink[],
  { acrossDates }: { readonly acrossDates: boolean },
): readonly OffsetLink[] {
  let kept = links;
  const done = new Set<string>();
  places.forEach((a, at) => {
    for (const b of places.slice(at + 1)) {
      if (!samePatient(a.series, b.series) || samePlace(a.series, b.series, acrossDates)) continue;
      const [from, to] = [spaceKey(a.series), spaceKey(b.series)];
      const pair = [from, to].sort().join('\n');
      if (done.has(pair)) continue;
      done.add(pair);
      kept = [
        ...kept.filter((link) => [link.from, link.to].sort().join('\n') !== pair),
        { from, to, offset: subtract(b.middle, a.middle) },
      ];
    }
  });
  return kept;
}
