import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/geometry/index.ts';
import type { ViewMap } from '../../../renderer/cornerstone/types.ts';
import { crowdOf, placeLabel } from '../../../renderer/marks/labels.ts';
import { projectionOf } from '../../../renderer/marks/projection.ts';
import { distanceToScene, sceneOf } from '../../../renderer/marks/scene.ts';
import { sameSpace } from '../../../renderer/marks/space.ts';
import { patient } from './fakePort.ts';

/** An axial plane at z = 5, two pixels a millimetre, slices 2 mm apart. */
const axial: ViewMap = {
  in: 'patient',
  on: patient,
  toCanvas: [2, 0, 0, 100, 0, 2, 0, 100],
  plane: { through: [0, 0, 5], right: [1, 0, 0], down: [0, 1, 0], normal: [0, 0, 1] },
  toPoint: ([x, y]) => [(x - 100) / 2, (y - 100) / 2, 5],
  halfThicknessMm: 1,
  millimetresPerPixel: 0.5,
  projection: false,
};
const view = projectionOf(axial);
const line = (z0: number, z1: number): Shape => ({ type: 'polyline', points: [[0, 0, z0], [10, 0, z1]], role: 'main' }); // prettier-ignore

describe('what a view shows of an item', () => {
  it('draws a line of the plane whole and solid, at its place', () => {
    const scene = sceneOf([line(5, 5)], [{ name: 'end', title: 'End', at: [10, 0, 5] }], view);
    expect(scene.lines).toEqual([{ points: [[100, 100], [120, 100]], closed: false, role: 'main', fade: 1 }]); // prettier-ignore
    expect(scene.handles).toEqual([{ name: 'end', title: 'End', at: [120, 100], depthMm: 0 }]);
  });
  it('fades a line with its distance from the plane and shows nothing of one that is far away', () => {
    const near = sceneOf([line(7, 7)], [], view).fade;
    const far = sceneOf([line(13, 13)], [], view).fade;
    expect(near).toBeLessThan(1);
    expect(far).toBeLessThan(near);
    expect(far).toBeGreaterThan(0);
    expect(sceneOf([line(30, 30)], [], view).lines).toEqual([]);
  });
  it('shows a line halfway between two slices on both', () => {
    for (const through of [4, 6]) {
      const plane = { ...axial.plane, through: [0, 0, through] as const };
      expect(sceneOf([line(5, 5)], [], projectionOf({ ...axial, plane })).fade).toBe(1);
    }
  });
  it('draws a needle through the plane solid only within the slice, where it crosses', () => {
    const { lines } = sceneOf([line(-15, 25)], [], view);
    const solid = lines.filter(({ fade }) => fade === 1).flatMap(({ points }) => points.map(([x]) => x));
    // z = 5 +- 1 on a line from z = -15 at x = 0 to 25 at x = 10: x = 4.75 to 5.25 mm.
    expect(Math.min(...solid)).toBeCloseTo(100 + 2 * 4.75, 4);
    expect(Math.max(...solid)).toBeCloseTo(100 + 2 * 5.25, 4);
  });
  it('gives handles only in the plane', () => {
    const at = (z: number) => sceneOf([], [{ name: 'a', title: 'A', at: [0, 0, z] }], view).handles.length;
    expect([at(5), at(6), at(6.5)]).toEqual([1, 1, 0]);
  });
  it('draws the circle in which the plane cuts a sphere', () => {
    const ball: Shape = { type: 'ellipsoid', centre: [0, 0, 2], semiAxes: [5, 5, 5], axes: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], role: 'target' }; // prettier-ignore
    const [ring] = sceneOf([ball], [], view).lines;
    expect(ring?.closed).toBe(true);
    for (const [x, y] of ring?.points ?? []) expect(Math.hypot(x - 100, y - 100)).toBeCloseTo(2 * 4, 6);
  });
  it('keeps the depth of a point that is moved beside the plane', () => {
    expect(view.toPoint([110, 120], 0.7)).toEqual([5, 10, 5.7]);
  });
  it('measures the way of the mouse to a line', () => {
    const scene = sceneOf([line(5, 5)], [], view);
    expect(distanceToScene(scene, [110, 106])).toBeCloseTo(6, 9);
    expect(distanceToScene(scene, [123, 104])).toBeCloseTo(5, 9);
  });
});

describe('labels', () => {
  const handle = { name: 'end', title: 'End', at: [10, 0, 5] as const };
  const scene = sceneOf([line(5, 5)], [handle], view);
  it('stands beside the item, off its handles', () => {
    const label = placeLabel(scene, 126, { width: 400, height: 400 }, crowdOf([scene]), undefined);
    expect(label?.box.left).toBeGreaterThan(120 + 11);
  });
  it('goes to the other side at the edge of the view', () => {
    const label = placeLabel(scene, 22, { width: 150, height: 400 }, crowdOf([scene]), undefined);
    expect((label?.box.left ?? 999) + (label?.box.width ?? 0)).toBeLessThanOrEqual(150);
  });
  it('leaves another label its place', () => {
    const crowd = crowdOf([scene]);
    const first = placeLabel(scene, 60, { width: 400, height: 400 }, crowd, undefined);
    if (first) crowd.boxes.push(first.box);
    const second = placeLabel(scene, 60, { width: 400, height: 400 }, crowd, undefined);
    expect(second?.place).not.toBe(first?.place);
  });
  it('does not lie on the line of another item', () => {
    const other = sceneOf([{ type: 'polyline', points: [[20, -20, 5], [20, 20, 5]], role: 'main' }], [], view); // prettier-ignore
    const label = placeLabel(scene, 60, { width: 400, height: 400 }, crowdOf([scene, other]), undefined);
    // The other line stands at x = 140 px, from 60 to 140 px.
    const { left, top, width, height } = label?.box ?? { left: 0, top: 0, width: 999, height: 999 };
    expect(left < 140 && left + width > 140 && top < 140 && top + height > 60).toBe(false);
  });
  it('leaves an orientation letter to be read', () => {
    const letter = { left: 140, top: 90, width: 20, height: 20 };
    const label = placeLabel(scene, 60, { width: 400, height: 400 }, crowdOf([scene], [letter]), undefined);
    const { left, top, width, height } = label?.box ?? { left: 0, top: 0, width: 999, height: 999 };
    expect(left < 160 && left + width > 140 && top < 110 && top + height > 90).toBe(false);
  });
  it('stands wholly inside the view, however near the edge its item lies, and leads back to it', () => {
    // A view in which the line, from 100 to 120 px, touches every edge but the upper.
    const label = placeLabel(scene, 100, { width: 121, height: 104 }, crowdOf([scene]), undefined);
    const { left, top, width, height } = label?.box ?? { left: -1, top: -1, width: 999, height: 999 };
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(121);
    expect(top + height).toBeLessThanOrEqual(104);
  });
  it('goes out of the view with its item, even where there would still be room for it', () => {
    // The line begins at x = 100 px: two px beyond the right edge of the second view.
    for (const size of [
      { width: 90, height: 90 },
      { width: 98, height: 400 },
    ])
      expect(placeLabel(scene, 60, size, crowdOf([scene]), undefined)).toBeUndefined();
  });
});

describe('spaces', () => {
  it('shares patient coordinates within a frame of reference, and only a series without one', () => {
    expect(sameSpace(patient, { ...patient, seriesInstanceUID: 'other' })).toBe(true);
    expect(sameSpace(patient, { ...patient, frameOfReferenceUID: null })).toBe(false);
    const bare = { ...patient, frameOfReferenceUID: null };
    expect(sameSpace(bare, { ...bare })).toBe(true);
    expect(sameSpace(bare, { ...bare, seriesInstanceUID: 'other' })).toBe(false);
    expect(sameSpace(bare, { ...bare, part: '2' })).toBe(false);
  });
  it('shows points of an image only on their frame', () => {
    const image = { in: 'image', seriesInstanceUID: '9', sopInstanceUID: '9.1', frame: 4 } as const;
    expect(sameSpace(image, { ...image, derived: null })).toBe(true);
    expect(sameSpace(image, { ...image, frame: 5 })).toBe(false);
  });
});
