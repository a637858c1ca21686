import type { Stack } from './paint.ts';
import type { WriteFile } from './sampleCase.ts';
import type { Uids } from './volumeFiles.ts';

export type Truth = Readonly<Record<string, unknown>>;

/** How `truth.json` names a series. */
export function seriesTruth(ids: Uids): Truth {
  return { studyInstanceUID: ids.study, seriesInstanceUID: ids.series, frameOfReferenceUID: ids.frameOfReference };
}
/** How `truth.json` tells the voxels of a series. */
export function imageTruth(stack: Stack, blurSigmaMm: number, noise: number): Truth {
  return {
    dimensions: stack.dimensions,
    spacing: stack.spacingMm,
    origin: stack.origin,
    direction: stack.directions,
    blurSigma: blurSigmaMm,
    noise,
  };
}
export async function writeTruth(write: WriteFile, truth: Truth): Promise<void> {
  await write('truth.json', new TextEncoder().encode(`${JSON.stringify(truth, null, 1)}\n`));
}

/** A plan document with these records; `expected` of the truth says what a right program reads from each. */
export function planTruth(name: string, title: string, seed: number, records: Readonly<Record<string, object>>): Truth {
  return {
    format: 'seldinger-plan',
    version: 1,
    id: `${name}-${seed}`,
    title,
    createdAt: '2026-01-15T09:30:00.000Z',
    modifiedAt: '2026-01-15T09:30:00.000Z',
    records,
  };
}
/** One reading that a right program gives, with how far off it may be. */
export function reading(value: number, unit: string, tolerance = 1e-6): Truth {
  return { value, unit, tolerance };
}
/** What all items on one series of a plan share. */
export function itemsOn(ids: Uids): (kind: string, label: string, side?: 'R' | 'L' | null) => object {
  let order = 0;
  return (kind, label, side = null) => ({
    type: 'item',
    kind,
    label,
    order: ++order,
    side,
    on: {
      in: 'patient',
      frameOfReferenceUID: ids.frameOfReference,
      seriesInstanceUID: ids.series,
      part: null,
    },
  });
}
export function ellipsoidVolumeMl([a, b, c]: readonly [number, number, number]): number {
  return ((4 / 3) * Math.PI * a * b * c) / 1000;
}
/** Every whole station between two: how a curve is told. */
export function stations<T>(from: number, to: number, step: number, tell: (stationMm: number) => T): T[] {
  const list: T[] = [];
  for (let i = 0; from + i * step <= to + 1e-9; i++) list.push(tell(from + i * step));
  return list;
}
