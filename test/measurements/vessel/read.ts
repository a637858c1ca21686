import type { EvaluatedItem, SeriesFacts } from '../../../src/measurements/index.ts';
import { itemIn, itemOf, measure, sourceOf } from '../support.ts';
import type { MadeVessel } from '../../support/vesselPhantom.ts';

/** The phantom's vessel through `evaluate`, by two points clicked a little beside its axis. */
export async function readVessel(
  made: MadeVessel,
  options: Readonly<Record<string, unknown>> = {},
  series: Partial<SeriesFacts> = {},
): Promise<EvaluatedItem> {
  const [a, b] = [made.start, made.end];
  const path = [[a[0] + 0.3, a[1] - 0.2, a[2]], [b[0] - 0.2, b[1] + 0.3, b[2]]]; // prettier-ignore
  const source = sourceOf({ volume: made.volume, series: { volume: made.volume.geometry, ...series } });
  return itemIn(await measure({ v: itemOf('vessel', { path, options }) }, source), 'v');
}
/** The points of the centreline. */
export function centrelineOf(item: EvaluatedItem): readonly (readonly [number, number, number])[] {
  const line = item.results['centreline'];
  if (line === undefined || !('value' in line) || !Array.isArray(line.value)) throw new Error('no centreline');
  const points: readonly (readonly [number, number, number])[] = line.value;
  return points;
}
