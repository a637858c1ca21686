import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, View } from '../../../renderer/cornerstone/index.ts';
import { startEngine } from '../../../renderer/cornerstone/index.ts';
import type { PhantomSpec } from './phantom.ts';
import { grid, phantom, picture, place } from './phantom.ts';

let engine: Engine | null = null;
const elements: HTMLElement[] = [];
afterEach(() => {
  engine?.destroy();
  engine = null;
  for (const element of elements.splice(0)) element.remove();
});

const slices = 24;
const of: PhantomSpec = {
  geometry: grid([32, 32, slices], [1, 1, 1]),
  modality: 'MR',
  value: (_i, _j, k) => 40 + 8 * k,
};
/** Grey of the middle of each slice in a coronal picture, from the feet up. */
function greys(view: View): number[] {
  const map = view.map();
  if (map?.in !== 'patient') throw new Error('no map');
  const { data, width } = picture(view.element);
  const m = map.toCanvas;
  return Array.from({ length: slices }, (_, k) => {
    const [x, y, z] = [-60 + 16, -180 + 16, -1200 + k];
    const column = Math.floor(m[0] * x + m[1] * y + m[2] * z + m[3]);
    const row = Math.floor(m[4] * x + m[5] * y + m[6] * z + m[7]);
    return data[(row * width + column) * 4] ?? 0;
  });
}
async function whole(view: View): Promise<void> {
  while (!view.state().complete || !view.state().rendered) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('every slice is in the planes once all have come', () => {
  for (const [title, spec, factor] of [
    ['16-bit whole numbers', {}, 1],
    ['8-bit whole numbers', { bits: 8 }, 1],
    ['fractions', { slope: 0.25 }, 0.25],
    ['slices at both ends that come late', { late: [0, 1, 2, 3, 22, 23] }, 1],
  ] as const satisfies readonly (readonly [string, Partial<PhantomSpec>, number])[]) {
    it(title, async () => {
      const made = phantom({ ...of, ...spec });
      engine = await startEngine(made.source);
      const element = place(200, 200);
      elements.push(element);
      const loaded = engine.load(made.series);
      const view = await engine.createView(element, 'Coronal', loaded);
      view.setWindow({ centre: 128 * factor, width: 256 * factor });
      setTimeout(() => made.letCome(), 30);
      await loaded.whenAll();
      await whole(view);
      for (const [k, grey] of greys(view).entries()) expect(Math.abs(grey - (40 + 8 * k))).toBeLessThanOrEqual(4);

      // Closed and opened again: the texture was let go and is filled anew.
      view.destroy();
      const other = place(150, 150);
      elements.push(other);
      const again = await engine.createView(other, 'Coronal', loaded);
      again.setWindow({ centre: 128 * factor, width: 256 * factor });
      await whole(again);
      for (const [k, grey] of greys(again).entries()) expect(Math.abs(grey - (40 + 8 * k))).toBeLessThanOrEqual(4);
    });
  }
});
