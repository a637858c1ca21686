import type { PlanItem } from '../plan/index.ts';
import { cacheKey } from './cacheKey.ts';
import type { EvaluationCache } from './cacheKey.ts';
import type { Computed, Given, MeasurementKind, SeriesFacts } from './kind.ts';
import { readPixels, type PixelSource } from './pixelSource.ts';

/**
 * The lines of values along one item, with the reason as a note where they cannot be had; nothing where its kind has
 * none. Never a failure of the item. @throws the signal's reason when aborted.
 */
export async function profileOf(
  kind: MeasurementKind,
  item: PlanItem,
  source: PixelSource,
  { signal, cache }: { readonly signal?: AbortSignal; readonly cache?: EvaluationCache },
): Promise<Computed> {
  const { profile } = kind;
  const series = source.series(item.on);
  if (profile === undefined || series === undefined) return { results: {}, notes: [] };
  const needs = profile.needs(item, series);
  const key = cacheKey(kind, item, { series, image: undefined, needs }, [], [], ['profile']);
  const known = cache?.get(key);
  if (known !== undefined) return known;
  const pixels: Given['pixels'][number][] = [];
  for (const need of needs) {
    signal?.throwIfAborted();
    pixels.push(await readPixels(need, source, signal));
  }
  signal?.throwIfAborted();
  const computed = computedSafely(kind, item, { series, pixels });
  if (pixels.every(({ ok }) => ok)) cache?.set(key, computed);
  return computed;
}

function computedSafely(
  { name, profile }: MeasurementKind,
  item: PlanItem,
  given: { readonly series: SeriesFacts; readonly pixels: Given['pixels'] },
): Computed {
  const without = (code: string, message: string): Computed => ({
    results: {},
    notes: [{ code, key: 'profile', message }],
  });
  try {
    const outcome = profile?.compute(item, given);
    if (outcome === undefined) return { results: {}, notes: [] };
    if (!outcome.ok) return without(outcome.why.code, outcome.why.say);
    return { results: { profile: outcome.value.profile }, notes: outcome.value.notes };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return without('internal', `The values along the ${name} could not be read: ${why}`);
  }
}
