import { describe, expect, it } from 'vitest';
import { framesText } from '../../../renderer/panels/calibratedFrames.ts';
import { leadSentence } from '../../../renderer/ui/leadSentence.ts';

describe('the first sentence of a warning, which is never folded', () => {
  it('is the sentence of the clinical page, word for word (S-2, S-5, S-10)', () => {
    expect(
      leadSentence('Uncalibrated projection: pixels and ratios only. The spacing in the file is that of the detector.'),
    ).toEqual({
      lead: 'Uncalibrated projection: pixels and ratios only.',
      rest: 'The spacing in the file is that of the detector.',
    });
    expect(
      leadSentence(
        'No 3D measuring here: the slices are unevenly spaced. They are 1 and 4 mm apart.',
        'One slice can.',
      ),
    ).toEqual({
      lead: 'No 3D measuring here: the slices are unevenly spaced.',
      rest: 'They are 1 and 4 mm apart. One slice can.',
    });
    expect(leadSentence('Compressed lossy images.')).toEqual({ lead: 'Compressed lossy images.', rest: '' });
  });
  it('does not end within a number', () => {
    const say = 'Unevenly spaced; resampled to 2.5 mm for display.';
    expect(leadSentence(say)).toEqual({ lead: say, rest: '' });
    expect(leadSentence('Calibrated by the user: catheter 2.0 mm.').rest).toBe('');
  });
});

describe('frames on which a calibration holds', () => {
  it('says all, one, a run, or how many', () => {
    expect(framesText([true])).toBe('');
    expect(framesText([true, true, true])).toBe('in all 3 frames');
    expect(framesText([false, true, false])).toBe('in frame 2 of 3');
    expect(framesText([true, true, false, true])).toBe('in frames 1 to 2 and 4 of 4');
    expect(framesText([true, false, true, false, true, false, true])).toBe('in 4 frames of 7');
  });
});
