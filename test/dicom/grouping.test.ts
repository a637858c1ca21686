import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anySlices, groupAll } from '../support/grouping.ts';

describe('slices of any places, times and patients', () => {
  it('are grouped without loss, the same in any order of the files, every volume with true geometry', () => {
    fc.assert(fc.property(anySlices, groupAll), { numRuns: 400, seed: 20261125 });
  });
});
