import { expect, it } from 'vitest';
import type { Vec2 } from '../../../src/geometry/index.ts';
import { pulledWall } from '../../../renderer/curved/wallDrag.ts';

it('pulls a wall where it is held, its neighbours less, and not its other side', () => {
  const round = Array.from({ length: 48 }, (_, k): Vec2 => {
    const angle = (k * Math.PI) / 24;
    return [3 * Math.cos(angle), 3 * Math.sin(angle)];
  });
  const pulled = pulledWall(round, 0, [1, 0]);
  const moved = pulled.map(([x, y], k) => Math.hypot(x - (round[k]?.[0] ?? 0), y - (round[k]?.[1] ?? 0)));
  expect(moved[0]).toBeCloseTo(1, 12);
  expect(moved[24]).toBeLessThan(0.001);
  for (let k = 0; k < 24; k += 1) expect(moved[k] ?? 0).toBeGreaterThan(moved[k + 1] ?? Infinity);
  // As far to one side as to the other.
  expect(moved[5]).toBeCloseTo(moved[43] ?? NaN, 9);
});
