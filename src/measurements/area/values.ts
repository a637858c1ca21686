import type { Statistics } from '../../imaging/index.ts';
import type { Note, Quantity } from '../../quantity/index.ts';
import type { Computed } from '../kind.ts';

/** The results that come from pixels, all or none of them. */
export const valueKeys = ['mean', 'standardDeviation', 'minimum', 'maximum', 'count'] as const;

const quantity = (value: number | null, unit: string): Quantity => ({ value, unit, uncertainty: null, basis: null });

export function noValues(code: string, message: string): Computed {
  return {
    results: Object.fromEntries(valueKeys.map((key) => [key, quantity(null, '1')])),
    notes: valueKeys.map((key) => ({ code, message, key })),
  };
}

export function valuesOf(statistics: Statistics, unit: string, notes: readonly Note[] = []): Computed {
  const { count, mean, standardDeviation, minimum, maximum, whole } = statistics;
  const results = {
    mean: quantity(mean, unit),
    standardDeviation: quantity(standardDeviation, unit),
    minimum: quantity(minimum, unit),
    maximum: quantity(maximum, unit),
    count: quantity(count, '1'),
  };
  const told: Note[] = [...notes];
  if (count === 0)
    for (const key of valueKeys)
      if (key !== 'count') told.push({ code: 'no-pixel-inside', message: 'No pixel has its centre inside.', key });
  if (!whole) {
    const message = 'The outline reaches beyond the picture; values are of the part inside.';
    told.push({ code: 'leaves-picture', message, key: 'mean' });
  }
  return { results, notes: told };
}
