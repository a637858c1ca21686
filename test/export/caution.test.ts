import { describe, expect, it } from 'vitest';
import { caution, scanAgeSentence, sideSentence } from '../../src/export/index.ts';

describe('safety sentences', () => {
  it('says S-1 word for word', () => {
    expect(caution).toBe(
      'Research and teaching software. Not a cleared medical device. Not for diagnosis, and not to guide treatment without independent check on approved systems.',
    );
  });
  it('says S-9 with the days since the scan and the side in capitals', () => {
    expect(scanAgeSentence(41)).toBe('Scan is 41 days old.');
    expect(sideSentence('R')).toBe('Side: RIGHT. Patient, side, level confirmed: ____');
  });
});
