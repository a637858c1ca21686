import type { PlanItem, PlanRecord } from '../plan/index.ts';
import type { Computed, ImageFacts, MeasurementKind, SeriesFacts } from './kind.ts';

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
  facts: { readonly series: SeriesFacts; readonly image: ImageFacts | undefined },
  usedRecords: readonly (PlanRecord | undefined)[],
  usedResults: readonly (Computed | undefined)[],
): string {
  return JSON.stringify([
    kind.name,
    kind.version,
    inBare(item),
    facts,
    usedRecords.map((record) => record && inBare(record)),
    usedResults,
  ]);
}
