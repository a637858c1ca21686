import { describe, expect, it } from 'vitest';
import type { Vec2 } from '../../../src/geometry/index.ts';
import { placeBeside } from '../../../renderer/viewports/besidePoints.ts';

const picture: Vec2 = [836, 638];
const box: Vec2 = [230, 260];

/** CSS px from a point to the box; 0 under it. */
function distance([x, y]: Vec2, [left, top]: Vec2, [width, height]: Vec2): number {
  return Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
}

describe('the form beside what was clicked', () => {
  it('covers neither point and stays in the picture, wherever in it they are and however the catheter runs', () => {
    for (let x = 20; x < picture[0]; x += 40)
      for (let y = 20; y < picture[1]; y += 40)
        for (let turn = 0; turn < 12; turn += 1) {
          const way: Vec2 = [Math.cos((turn * Math.PI) / 12) * 20, Math.sin((turn * Math.PI) / 12) * 20];
          const points: Vec2[] = [[x - way[0], y - way[1]], [x + way[0], y + way[1]]]; // prettier-ignore
          const [left, top] = placeBeside(points, box, picture);
          for (const point of points) expect(distance(point, [left, top], box)).toBeGreaterThan(30);
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(left + box[0]).toBeLessThanOrEqual(picture[0]);
          expect(top + box[1]).toBeLessThanOrEqual(picture[1]);
        }
  });
  it('lies beside an upright, a level and an oblique catheter, not on it', () => {
    const middle: Vec2 = [300, 320];
    for (const degrees of [0, 90, 30, 150]) {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const edges: Vec2[] = [-20, 20].map((mm): Vec2 => [middle[0] + c * mm, middle[1] + s * mm]);
      const place = placeBeside(edges, box, picture);
      for (let along = -250; along <= 250; along += 10)
        expect(distance([middle[0] - s * along, middle[1] + c * along], place, box), `${degrees}`).toBeGreaterThan(0);
    }
  });
  it('in a picture that has no room beside them, leaves the points as far away as it can', () => {
    const points: Vec2[] = [[60, 60], [70, 60]]; // prettier-ignore
    const size: Vec2 = [230, 200];
    const place = placeBeside(points, size, [300, 270]);
    // 66 px from the upper edge, with 4 px to spare at the lower one.
    expect(points.map((point) => distance(point, place, size))).toEqual([6, 6]);
  });
});
