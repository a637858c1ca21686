import type { Series } from '../../src/dicom/index.ts';
import { cross, dot, type Vec3, type VolumeGeometry } from '../../src/geometry/index.ts';
import { studyList } from './studyList.ts';

/**
 * What hangs beside a series in a layout of `count` views: the series itself, the other parts (phases) of it, then its
 * study in the order of the list of images (the thinnest soft series of each phase first), slices that lie alike before
 * others; scouts and sheets last.
 */
export function hangingOrder(all: readonly Series[], first: Series, count: number): readonly Series[] {
  const study = studyList(all).find(({ scans, others }) =>
    [...scans, ...others].some(({ series }) => series.key === first.key),
  );
  if (study === undefined) return [first];
  const scans = study.scans.map(({ series }) => series);
  const rank = (one: Series): number =>
    one.seriesInstanceUID === first.seriesInstanceUID ? 0 : !scans.includes(one) ? 3 : liesAlike(one, first) ? 1 : 2;
  const others = [...scans, ...study.others.map(({ series }) => series)].filter(({ key }) => key !== first.key);
  return [first, ...others.toSorted((a, b) => rank(a) - rank(b))].slice(0, count);
}

/** Slices that point the same way: they can be read side by side. */
function liesAlike(a: Series, b: Series): boolean {
  if (a.volume === null || b.volume === null) return a.volume === b.volume;
  const normal = ({ direction }: VolumeGeometry): Vec3 => cross(direction[0], direction[1]);
  return Math.abs(dot(normal(a.volume), normal(b.volume))) > 0.9;
}
