import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anySlices, groupAll } from '../support/grouping.ts';

describe('slices of any places, times and patients, at length', () => {
  it('are grouped without loss, the same in any order of the files', () => {
    fc.assert(fc.property(anySlices, groupAll), { numRuns: 20_000 });
  });
});
