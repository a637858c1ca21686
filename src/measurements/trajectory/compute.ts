import type { LpsMm, Vec3 } from '../../geometry/index.ts';
import {
  along,
  axialAngleDeg,
  craniocaudalAngleDeg,
  distance,
  normalize,
  segmentToEllipsoid,
  subtract,
  tableAngleDeg,
} from '../../geometry/index.ts';
import type { Note, Outcome, Quantity } from '../../quantity/index.ts';
import { ok } from '../../quantity/index.ts';
import type { Computed, Given } from '../kind.ts';
import { angle, millimetres } from '../lengthBetween.ts';
import { obstaclesAmong } from '../obstacles.ts';
import type { TrajectoryItem } from './item.ts';
import { anglesSentence, downIn, gaugeDiameterMm, scannedPosition } from './position.ts';

/** Unit vector of the tip's advance; undefined while entry and target are one point. */
export function directionOf({ entry, target }: TrajectoryItem): Vec3 | undefined {
  return distance(entry, target) > 0 ? normalize(subtract(target, entry)) : undefined;
}

/** Where the tip is after firing, with the extension the person asked to look at, LPS mm. */
export function reachOf(item: TrajectoryItem): LpsMm {
  const direction = directionOf(item);
  const beyond = (item.options?.device?.throw ?? 0) + (item.options?.extension ?? 0);
  return direction === undefined ? item.target : along(item.target, direction, beyond);
}

/** No scan tells it (S-14). */
const breathHold: Note = {
  code: 'breath-hold-unknown',
  message: 'Breath-hold state of planning scan unknown.',
};

export function computeTrajectory(item: TrajectoryItem, given: Given): Outcome<Computed> {
  const direction = directionOf(item);
  const depth = distance(item.entry, item.target);
  const needleLength = item.options?.needleLength ?? null;
  const angles = anglesOf(item, direction, given.series?.patientPosition ?? '');
  const clearance = clearanceOf(item, given);
  const remainingNotes: Note[] =
    needleLength === null
      ? [{ code: 'no-needle-length', key: 'remaining', message: 'No needle length was given.' }]
      : [];
  return ok({
    results: {
      depth: millimetres(depth),
      remaining: millimetres(needleLength === null ? null : needleLength - depth),
      ...angles.results,
      clearance: clearance.quantity,
    },
    notes: [...remainingNotes, ...angles.notes, breathHold, ...clearance.notes],
  });
}

function anglesOf(
  { options }: TrajectoryItem,
  direction: Vec3 | undefined,
  patientPosition: string,
): { readonly results: Readonly<Record<string, Quantity>>; readonly notes: readonly Note[] } {
  const scanned = scannedPosition(patientPosition);
  const asked = options?.procedurePosition ?? 'as-scanned';
  const position = asked === 'as-scanned' ? scanned : asked;
  const axial = direction && axialAngleDeg(direction);
  const craniocaudal = direction && craniocaudalAngleDeg(direction);
  const table = direction && position && tableAngleDeg(direction, downIn(position, options?.roll ?? 0));
  const notes: Note[] = [];
  const undefinedAxis = (key: string) => {
    const message = direction
      ? 'The needle runs along the table; this angle is not defined.'
      : 'Entry and target are one point; there is no direction.';
    notes.push({ code: 'axis-undefined', key, message });
  };
  if (axial === undefined) undefinedAxis('axialAngle');
  if (craniocaudal === undefined) undefinedAxis('craniocaudalAngle');
  if (table === undefined && position !== undefined) undefinedAxis('tableAngle');
  if (position === undefined)
    notes.push({
      code: 'position-unknown',
      key: 'tableAngle',
      message: 'The scan does not say how the patient lay; choose the position of the procedure.',
    });
  else if (scanned !== undefined && scanned !== position)
    notes.push({
      code: 'position-differs',
      message: `Planned on a ${scanned} scan for a ${position} procedure. Organs move. Plan again on the day's scan.`,
    });
  if (position !== undefined && direction !== undefined)
    notes.push({
      code: 'angles-from',
      key: 'tableAngle',
      message: anglesSentence(position, options?.roll ?? 0, direction),
    });
  if (options?.roll && (position === 'left-decubitus' || position === 'right-decubitus'))
    notes.push({ code: 'roll-ignored', key: 'tableAngle', message: 'Roll is told for supine and prone only.' });
  return {
    results: { axialAngle: angle(axial), craniocaudalAngle: angle(craniocaudal), tableAngle: angle(table) },
    notes,
  };
}

function clearanceOf(
  item: TrajectoryItem,
  given: Given,
): { readonly quantity: Quantity; readonly notes: readonly Note[] } {
  const { obstacles, notes: assessed } = obstaclesAmong(item.options?.obstacles ?? [], given.record, 'clearance');
  const device = item.options?.device;
  const fromGauge = device?.gauge ? gaugeDiameterMm[device.gauge] : undefined;
  const diameter = device?.diameter ?? fromGauge ?? 0;
  const notes: Note[] = [...assessed];
  if (typeof device?.diameter !== 'number' && device?.gauge)
    notes.push({
      code: 'diameter-from-gauge',
      key: 'clearance',
      message:
        fromGauge === undefined
          ? `No diameter is known for ${device.gauge} gauge; the needle's thickness was not taken off.`
          : `${device.gauge} gauge taken as ${fromGauge} mm; check the maker's figure.`,
    });
  const end = reachOf(item);
  let least: { readonly value: number; readonly to: string } | undefined;
  for (const { id, ellipsoid } of obstacles) {
    const value = segmentToEllipsoid(ellipsoid, item.entry, end).signedDistance - diameter / 2;
    if (least === undefined || value < least.value) least = { value, to: id };
  }
  return {
    quantity: least === undefined ? millimetres(null) : { ...millimetres(least.value), to: least.to },
    notes,
  };
}
