import { describe, expect, it } from 'vitest';
import { shownRate, withPainted, type Painted } from '../../../renderer/cornerstone/shownRate.ts';
import { paceText } from '../../../renderer/viewports/paceText.ts';

/** What came on screen of a film of `count` frames due every `dueMs`, on a machine that paints once every `paintMs`. */
function film(count: number, dueMs: number, paintMs: number, forMs: number): readonly Painted[] {
  let painted: readonly Painted[] = [];
  for (let at = 0; at <= forMs; at += paintMs)
    painted = withPainted(painted, { at, index: Math.floor(at / dueMs + 1e-9) % count });
  return painted;
}
const words = (painted: readonly Painted[], rate: number, pace = 1): string =>
  paceText({ rate, timeMs: null, pace, shown: shownRate(painted, 12) });

describe('the rate at which a run is truly shown', () => {
  it('is 15 frames/s and no more is said on a screen that paints 60 times a second', () => {
    const painted = film(12, 1000 / 15, 1000 / 60, 5000);
    expect(Math.abs((shownRate(painted, 12)?.perSecond ?? 0) - 15)).toBeLessThan(0.5);
    expect(shownRate(painted, 12)?.leftOut).toBe(0);
    expect(words(painted, 15)).toBe('15 frames/s');
  });
  it('is told beside 15 frames/s where a machine paints 9 times a second', () => {
    expect(words(film(12, 1000 / 15, 1000 / 9, 5000), 15)).toBe('15 frames/s, shown 9');
    expect(words(film(12, 1000 / 30, 1000 / 9, 5000), 15, 2)).toBe('30 frames/s, shown 9, acquired 15');
  });
  it('is told for a machine that needs more than a second a picture', () => {
    expect(words(film(12, 1000 / 15, 1250, 10_000), 15)).toBe('15 frames/s, shown 0.8');
  });
  it('is not told in the first second, nor of a paused run', () => {
    expect(shownRate(film(12, 1000 / 15, 1000 / 9, 900), 12)).toBeNull();
    expect(paceText({ rate: 15, timeMs: null, pace: 1, shown: null })).toBe('15 frames/s');
  });
  it('forgets a slow beginning within two seconds', () => {
    let painted = film(12, 1000 / 15, 500, 2000);
    for (let k = 1; k <= 40; k += 1)
      painted = withPainted(painted, { at: 2000 + (k * 1000) / 15, index: (30 + k) % 12 });
    expect(words(painted, 15)).toBe('15 frames/s');
  });
  it('does not take pictures of the same frame, painted for a new window, for frames shown', () => {
    const painted = withPainted([{ at: 0, index: 3 }], { at: 20, index: 3 });
    expect(painted).toHaveLength(1);
  });
  it('tells of frames at uneven times how many were left out', () => {
    const every = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => ({ at: index * 250, index }));
    const uneven = (painted: readonly Painted[]): string =>
      paceText({ rate: null, timeMs: 2250, pace: 1, shown: shownRate(painted, 10) });
    expect(uneven(every)).toBe('2250 ms');
    expect(uneven(every.filter(({ index }) => index % 2 === 0))).toBe('2250 ms, shown 2 frames/s, 50 % left out');
    expect(paceText({ rate: null, timeMs: 2250, pace: 0.5, shown: null })).toBe('2250 ms, played 0.5 ×');
    expect(paceText({ rate: null, timeMs: null, pace: 1, shown: null })).toBe('');
  });
});
