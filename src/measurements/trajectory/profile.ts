import type { LpsMm } from '../../geometry/index.ts';
import { along, distance } from '../../geometry/index.ts';
import { sampleVolume, slicesAlong } from '../../imaging/index.ts';
import type { Note, Outcome } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Chart, Computed, ItemProfile } from '../kind.ts';
import { isQuantity } from '../rowOf.ts';
import { directionOf, reachOf } from './compute.ts';
import type { TrajectoryItem } from './item.ts';

/** Between two values along the path, mm. */
export const profileStepMm = 0.5;
/** A path beyond this (a point far outside) would only give a file of nothing. */
const longestMm = 2000;

/** Distances from the entry at which values are read: every step, and the end of the path itself. mm */
function positionsOn(item: TrajectoryItem): readonly number[] {
  const lengthMm = distance(item.entry, reachOf(item));
  const whole = Math.floor(lengthMm / profileStepMm + 1e-9);
  const steps = Array.from({ length: whole + 1 }, (_, step) => step * profileStepMm);
  return lengthMm - whole * profileStepMm > 1e-6 ? [...steps, lengthMm] : steps;
}

function placeAt(item: TrajectoryItem, positionMm: number): LpsMm {
  const direction = directionOf(item);
  return direction === undefined ? item.entry : along(item.entry, direction, positionMm);
}

/**
 * The value every 0.5 mm along the needle from skin entry through the target to the end of the extension, trilinear as
 * `probe` reads it; null outside the outermost voxel centres.
 */
export const trajectoryProfile: ItemProfile<TrajectoryItem> = {
  needs(item, series) {
    const { on } = item;
    // A series that is no volume need not be read to be told so.
    if (series?.volume === null || on.in !== 'patient') return [];
    if (series === undefined) return [{ pixels: 'volume', on }];
    return [{ pixels: 'volume', on, slices: slicesAlong(series.volume, item.entry, reachOf(item)) }];
  },
  compute(item, { series, pixels: [pixels] }) {
    if (series.volume === null)
      return refuse('no-volume', 'This series is no volume; there are no values along the needle.');
    if (directionOf(item) === undefined)
      return refuse('no-path', 'Entry and target are one point; there are no values along the needle.');
    if (distance(item.entry, reachOf(item)) > longestMm)
      return refuse('too-long', `Values along the needle are read up to ${longestMm} mm.`);
    if (pixels === undefined) return refuse('no-pixels', 'The pixels of this series were not read.');
    if (!pixels.ok) return refuse(pixels.why.code, `No values along the needle. ${pixels.why.say}`);
    const volume = pixels.value;
    if (!('geometry' in volume)) return refuse('no-volume', 'This series is no volume.');
    const position = positionsOn(item);
    const value = position.map((positionMm) => sampleVolume(volume, placeAt(item, positionMm)) ?? null);
    return inScan({ columns: { position, value }, units: { position: 'mm', value: volume.unit } }, value);
  },
};

function inScan<P>(profile: P, values: readonly (number | null)[]): Outcome<{ profile: P; notes: readonly Note[] }> {
  const outside = values.filter((value) => value === null).length;
  if (outside === values.length)
    return refuse('outside', 'The needle lies outside the scan; there are no values along it.');
  const message = 'Part of the needle lies outside the scan; there are no values there.';
  return ok({ profile, notes: outside === 0 ? [] : [{ code: 'leaves-picture', key: 'profile', message }] });
}

/** The values along the needle over the distance from the entry; nothing where they could not be had. */
export function trajectoryCharts(item: TrajectoryItem, { results }: Computed): readonly Chart[] {
  const { profile, depth } = results;
  const positions = profile !== undefined && 'columns' in profile ? profile.columns['position'] : undefined;
  if (profile === undefined || !('columns' in profile) || positions === undefined) return [];
  const values = positions.map((position) => position ?? 0);
  const unit = profile.units['value'] ?? '1';
  const depthMm = isQuantity(depth) ? depth.value : null;
  return [
    {
      title: `${unit === 'HU' ? 'HU' : 'Values'} along the needle`,
      x: { label: 'Distance from the skin entry', unit: 'mm', values },
      lines: [{ label: 'Value', unit, values: profile.columns['value'] ?? [] }],
      markers: [
        { label: 'Entry', at: 0 },
        ...(depthMm === null ? [] : [{ label: 'Target', at: depthMm }]),
        ...(depthMm !== null && (values.at(-1) ?? 0) > depthMm + 1e-6
          ? [{ label: 'Tip', at: values.at(-1) ?? depthMm }]
          : []),
      ],
      places: values.map((positionMm) => placeAt(item, positionMm)),
    },
  ];
}
