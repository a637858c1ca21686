import { describe, expect, it } from 'vitest';
import { frameAtTime } from '../../../renderer/cornerstone/cine.ts';
import { nextFrames, openingFrame } from '../../../renderer/cornerstone/frameOrder.ts';
import { directionLetters } from '../../../renderer/cornerstone/letters.ts';
import { sliceGrid } from '../../../renderer/cornerstone/sliceGrid.ts';
import { grid, phantom, tilted } from './phantom.ts';

const film = (rate: number, times: readonly number[] | null) => ({
  ...phantom({ geometry: grid([2, 2, 5], [1, 1, 1]), modality: 'XA', patient: false, cine: rate, value: () => 0 })
    .series,
  frameTimes: times,
});

describe('a film', () => {
  it('at 15 frames a second shows frame 3 after 0.2 s and begins again after its last', () => {
    expect([0, 66, 67, 200, 333, 334].map((ms) => frameAtTime(film(15, null), 0, ms))).toEqual([0, 0, 1, 3, 4, 0]);
  });
  it('drops frames instead of slowing down', () => {
    expect(frameAtTime(film(10, null), 1, 250)).toBe(3);
  });
  it('opens on the frame its file names as representative, else on its first', () => {
    const run = film(15, null);
    expect(openingFrame(run)).toBe(0);
    const [only] = run.instances;
    if (only === undefined) throw new Error('no instance');
    expect(openingFrame({ ...run, instances: [{ ...only, representativeFrame: 4 }] })).toBe(3);
  });
  it('keeps uneven times of its own', () => {
    const uneven = film(15, [0, 50, 150, 160, 200]);
    expect([0, 49, 50, 149, 155, 170, 210, 251].map((ms) => frameAtTime(uneven, 0, ms))).toEqual([
      0, 0, 1, 1, 2, 3, 4, 0,
    ]);
  });
});

it('slices come outward from the one looked at, a film from there on', () => {
  const all = new Set([0, 1, 2, 3, 4, 5, 6]);
  expect(nextFrames(all, 3, false, 7, 5)).toEqual([3, 4, 2, 5, 1]);
  expect(nextFrames(all, 5, true, 7, 4)).toEqual([5, 6, 0, 1]);
  expect(nextFrames(new Set([0, 6]), 1, false, 7, 9)).toEqual([0, 6]);
});

it('directions are named by their main axis, and by a second when turned by more than 15 degrees', () => {
  const turned = (degrees: number) =>
    [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0] as const;
  expect(directionLetters(turned(0))).toBe('L');
  expect(directionLetters(turned(10))).toBe('L');
  expect(directionLetters(turned(20))).toBe('LP');
  expect(directionLetters(turned(200))).toBe('RA');
  expect(directionLetters([0, 0, -1])).toBe('F');
});

it('planes of a tilted stack step by one voxel along their normal', () => {
  const geometry = grid([10, 20, 30], [1, 1, 2], tilted(15));
  expect(sliceGrid(geometry, [0, 0, 1])).toMatchObject({ step: 2 });
  expect(sliceGrid(geometry, [0, 1, 0]).step).toBeCloseTo(Math.cos((15 * Math.PI) / 180), 12);
  expect(sliceGrid(geometry, [1, 0, 0])).toMatchObject({ step: 1, count: 10 });
});
