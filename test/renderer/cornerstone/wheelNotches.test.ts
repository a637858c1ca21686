import { describe, expect, it } from 'vitest';
import { createWheelNotches } from '../../../renderer/cornerstone/wheelNotches.ts';

/** Messages `everyMs` apart; returns the slices they make. */
function slices(deltas: readonly number[], everyMs = 8, deltaMode = 0, notches = createWheelNotches(), from = 1000) {
  return deltas.map((deltaY, at) => notches({ deltaY, deltaMode, timeStamp: from + at * everyMs }));
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the wheel of a mouse', () => {
  it('is one slice a notch, whatever a browser calls a notch', () => {
    for (const notch of [53, 100, 120]) expect(sum(slices([notch, notch, notch, -notch], 60))).toBe(2);
    expect(sum(slices([3, 3, -3], 60, 1))).toBe(1);
    expect(sum(slices([240], 60))).toBe(2);
  });
  it('stays one slice a notch in a quick run of notches', () => {
    expect(
      sum(
        slices(
          Array.from({ length: 30 }, () => 100),
          5,
        ),
      ),
    ).toBe(30);
  });
});

describe('two fingers on a touch pad', () => {
  // As pads send them: a message every 8 ms, growing while the fingers speed up, trembling, then coasting.
  const fingers = [1, 3, 6, 9, 14, 12, 15, 13, 16, 12, 14, 15, 11, 16, 13, 15];
  const coasting = Array.from({ length: 60 }, (_, at) => Math.max(1, Math.round(15 * 0.95 ** at)));

  it('are one slice every 40 px, in either direction', () => {
    expect(sum(slices(fingers))).toBe(Math.trunc(sum(fingers) / 40));
    expect(sum(slices(fingers.map((px) => -px)))).toBe(-Math.trunc(sum(fingers) / 40));
  });
  it('never jump by two slices at once when they move slowly', () => {
    expect(Math.max(...slices(fingers))).toBe(1);
  });
  it('stop the scroll when they leave: what the pad sends on by itself is at most one slice', () => {
    const all = sum(slices([...fingers, ...coasting]));
    expect(sum(coasting)).toBeGreaterThan(240);
    expect(all - sum(slices(fingers))).toBeLessThanOrEqual(1);
  });
  it('scroll again as soon as they press on, also while the pad still coasts', () => {
    const notches = createWheelNotches();
    const first = sum(slices([...fingers, ...coasting.slice(0, 20)], 8, 0, notches));
    const second = sum(slices(fingers, 8, 0, notches, 1000 + 8 * 36));
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThanOrEqual(Math.trunc(sum(fingers) / 40) - 1);
  });
  it('turn back at once: what was left of the way down does not count against the way up', () => {
    expect(sum(slices([20, 18, 19, -20, -21]))).toBe(0);
    expect(slices([20, 18, -20, -21]).at(-1)).toBe(-1);
  });
  it('begin anew after a pause', () => {
    const notches = createWheelNotches();
    expect(sum(slices([19, 18], 8, 0, notches))).toBe(0);
    expect(sum(slices([19, 18], 8, 0, notches, 3000))).toBe(0);
  });
});
