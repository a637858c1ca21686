import type { Series } from '../../src/dicom/index.ts';
import { studyList } from './studyList.ts';

/**
 * What hangs beside a series in a layout of `count` views: the series itself, the other parts (phases) of it, then its
 * study in the order of the list of images (the thinnest soft series of each phase first); scouts and sheets last.
 */
export function hangingOrder(all: readonly Series[], first: Series, count: number): readonly Series[] {
  const study = studyList(all).find(({ scans, others }) =>
    [...scans, ...others].some(({ series }) => series.key === first.key),
  );
  if (study === undefined) return [first];
  const order = [...study.scans, ...study.others].map(({ series }) => series).filter(({ key }) => key !== first.key);
  const isPart = (one: Series): boolean => one.seriesInstanceUID === first.seriesInstanceUID;
  return [first, ...order.filter(isPart), ...order.filter((one) => !isPart(one))].slice(0, count);
}
