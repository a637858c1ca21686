import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated, mutation, readDamaged, realShaped } from '../support/mutations.ts';

const forms = await realShaped();

describe('files that are damaged anywhere, at length', () => {
  for (const [name, good] of forms)
    it(`cost at most themselves: ${name}`, () => {
      fc.assert(
        fc.property(mutation, (change) => {
          expect(['image', 'other']).toContain(readDamaged(mutated(good, change)).kind);
        }),
        { numRuns: 20_000 },
      );
    });
});
