import type { Ellipsoid } from '../../geometry/index.ts';
import { ellipsoidCut, ellipsoidVolumeMm3, norm } from '../../geometry/index.ts';
import { ellipsoidStatistics } from '../../imaging/index.ts';
import type { Note, Outcome, Quantity } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Computed, Given, Run } from '../kind.ts';
import { millilitres, millimetres } from '../lengthBetween.ts';
import type { RegionItem } from './item.ts';

/** Longest and, at right angles to it, shortest diameter of the largest transverse (z = constant) cut, mm. */
export function axialDiameters(e: Ellipsoid): readonly [number, number] {
  // All transverse cuts of an ellipsoid are similar; the one through the centre is the largest.
  const cut = ellipsoidCut(e, { point: e.centre, normal: [0, 0, 1] });
  if (cut === undefined) throw new RangeError('a plane through the centre always cuts');
  return [2 * norm(cut.halfAxes[0]), 2 * norm(cut.halfAxes[1])];
}

export function computeRegion({ ellipsoid }: RegionItem, given: Given, run: Run): Outcome<Computed> {
  if (ellipsoid === undefined)
    return refuse('mask-missing', 'Regions painted as a mask cannot be computed by this version yet.');
  const [longest = 0, middle = 0, shortest = 0] = [...ellipsoid.semiAxes].sort((a, b) => b - a);
  const [axialLongest, axialShort] = axialDiameters(ellipsoid);
  const { mean, standardDeviation, notes } = values(ellipsoid, given, run);
  return ok({
    results: {
      volume: millilitres(ellipsoidVolumeMm3(ellipsoid)),
      longestDiameter3d: millimetres(2 * longest),
      // The largest extent across the longest diameter is the middle axis, not the shortest.
      shortAxis3d: millimetres(2 * middle),
      axialLongest: millimetres(axialLongest),
      axialShort: millimetres(axialShort),
      mean,
      standardDeviation,
    },
    notes: [...shapeNotes(longest, shortest), ...notes],
  });
}

/** A region just placed is a ball about one diameter: whoever leaves it so must know what its volume stands on. */
function shapeNotes(longest: number, shortest: number): readonly Note[] {
  if (longest - shortest > 1e-6 * longest) return [];
  const message = 'A ball from one diameter: draw its handles to the edges in the other directions.';
  return [{ code: 'one-diameter', message, key: 'volume' }];
}

function values(
  ellipsoid: Ellipsoid,
  given: Given,
  { signal }: Run,
): { readonly mean: Quantity; readonly standardDeviation: Quantity; readonly notes: readonly Note[] } {
  const quantity = (value: number | null, unit: string): Quantity => ({ value, unit, uncertainty: null, basis: null });
  const nothing = (code: string, message: string) => ({
    mean: quantity(null, '1'),
    standardDeviation: quantity(null, '1'),
    notes: [
      { code, message, key: 'mean' },
      { code, message, key: 'standardDeviation' },
    ],
  });
  const [pixels] = given.pixels;
  if (given.series?.volume === null)
    return nothing('no-volume', 'This series is no volume: nothing is known between its slices.');
  if (pixels === undefined) return nothing('no-pixels', 'The pixels of this series were not read.');
  if (!pixels.ok) return nothing(pixels.why.code, pixels.why.say);
  if (!('geometry' in pixels.value)) return nothing('no-pixels', 'This series is no volume.');
  const found = ellipsoidStatistics(pixels.value, ellipsoid, signal);
  if (found.count === 0) return nothing('no-voxel-inside', 'No voxel has its centre inside this region.');
  return {
    mean: quantity(found.mean, pixels.value.unit),
    standardDeviation: quantity(found.standardDeviation, pixels.value.unit),
    notes: found.whole
      ? []
      : [
          {
            code: 'leaves-volume',
            key: 'mean',
            message: 'The region reaches beyond the scan; values are of the part inside.',
          },
        ],
  };
}
