import type { PlanItem, PlanRecord } from '../plan/index.ts';
import type { Computed, ImageFacts, MeasurementKind, PixelNeed, SeriesFacts } from './kind.ts';

/** Finished results by what they were made from. A Map does; a bounded one is welcome. */
export interface EvaluationCache {
  get(key: string): Computed | undefined;
  set(key: string, computed: Computed): unknown;
}
/** Fields that change how an item is shown, never its numbers. */
const presentation: ReadonlySet<string> = new Set(['label', 'order', 'hidden', 'locked', 'colour']);
const inBare = (record: PlanRecord): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !presentation.has(field)));

/**
 * All that a result is made from: the item, the kind's version, the header's facts, the records it uses and their
 * results. Pixels are named by the series in the item; a source that changes its pixels must bring a new cache.
 */
export function cacheKey(
  kind: MeasurementKind,
  item: PlanItem,
  {
    series: { slices: _named, ...series },
    image,
    needs,
  }: {
    readonly series: SeriesFacts;
    readonly image: ImageFacts | undefined;
    /** Names the slice that is read, so that the places of all the others need not be in the key. */
    readonly needs: readonly PixelNeed[];
  },
  usedRecords: readonly (PlanRecord | undefined)[],
  usedResults: readonly (Computed | undefined)[],
  /** Whatever else the kind looks at. */
  more: readonly unknown[] = [],
): string {
  return JSON.stringify([
    kind.name,
    kind.version,
    inBare(item),
    { series, image },
    needs,
    usedRecords.map((record) => record && inBare(record)),
    usedResults.map((used) => used && { results: used.results, notes: used.notes }),
    more,
  ]);
}
