import type { Series } from '../../src/dicom/index.ts';
import { factsOfImage, type Desk } from '../actions/index.ts';

/** What a person's calibrations hold on, of one series. */
export interface CalibratedFrames {
  /** "catheter 2.0 mm", of the first calibrated frame. */
  readonly by: string;
  /** On every frame of the series; else millimetres are had on some only. */
  readonly all: boolean;
  /** "in all 12 frames", "in frames 1 to 4 and 9 of 12"; empty for a single image. */
  readonly where: string;
}

/** null where the plan calibrates no frame of the series. Frames are counted from 1 as the corner of the picture counts them. */
export function calibratedFrames(desk: Desk, series: Series): CalibratedFrames | null {
  const { seriesInstanceUID, instances, frames } = series;
  const { records } = desk.plan.getState().plan;
  const may = Object.values(records).some(
    (one) => one.type === 'item' && one.on.in === 'image' && one.on.seriesInstanceUID === seriesInstanceUID,
  );
  // Asked for every run of the list with every change of the plan.
  if (!may) return null;
  const by = frames.map(({ instance, frame }) => {
    const sopInstanceUID = instances[instance]?.sopInstanceUID;
    if (sopInstanceUID === undefined) return undefined;
    return factsOfImage(desk, { in: 'image', seriesInstanceUID, sopInstanceUID, frame, derived: null })?.calibratedBy;
  });
  const first = by.find((one) => one !== undefined);
  if (first === undefined) return null;
  const held = by.map((one) => one !== undefined);
  return { by: first, all: held.every(Boolean), where: framesText(held) };
}

/** `held`: of each frame in the order of display whether it is among them. */
export function framesText(held: readonly boolean[]): string {
  const count = held.filter(Boolean).length;
  if (held.length === 1) return '';
  if (count === held.length) return `in all ${count} frames`;
  const runs = held.flatMap((here, at) => {
    if (!here || held[at - 1] === true) return [];
    const length = held.slice(at).findIndex((one) => !one);
    const last = length === -1 ? held.length : at + length;
    return [last === at + 1 ? `${last}` : `${at + 1} to ${last}`];
  });
  // A list of many would say less than their number.
  if (runs.length > 3) return `in ${count} frames of ${held.length}`;
  return `in ${count === 1 ? 'frame' : 'frames'} ${runs.join(' and ')} of ${held.length}`;
}
