import { afterEach, describe, expect, it } from 'vitest';
import type { WindowPreset } from '../../../src/dicom/index.ts';
import type { Engine, View, ViewName } from '../../../renderer/cornerstone/index.ts';
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

const across = 8;
/** Eight stripes of eight pixels: stored 0, 100 ... 700. */
const stripes: PhantomSpec = {
  geometry: grid([64, 64, 6], [1, 1, 2]),
  modality: 'MR',
  value: (i) => 100 * Math.floor(i / 8),
};

async function open(spec: Partial<PhantomSpec>, name: ViewName): Promise<View> {
  const made = phantom({ ...stripes, ...spec });
  engine = await startEngine(made.source);
  const element = place(256, 256);
  elements.push(element);
  const loaded = engine.load(made.series);
  const view = await engine.createView(element, name, loaded);
  await loaded.whenAll();
  await settled(view);
  return view;
}
async function settled(view: View): Promise<void> {
  while (!view.state().complete || !view.state().rendered) await new Promise((resolve) => setTimeout(resolve, 20));
}
/** The grey level at the middle of each stripe. */
function greys(view: View): number[] {
  const { data, width, height } = picture(view.element);
  return Array.from({ length: across }, (_, i) => {
    const x = Math.floor(((i + 0.5) / across) * width);
    return data[(Math.floor(height / 2) * width + x) * 4] ?? -1;
  });
}
function near(got: readonly number[], want: readonly number[]): void {
  got.forEach((grey, i) =>
    expect(Math.abs(grey - (want[i] ?? NaN)), `stripe ${i}: ${got.join(' ')}`).toBeLessThanOrEqual(2),
  );
}
const values = Array.from({ length: across }, (_, i) => 100 * i);
const clamp = (part: number): number => 255 * Math.max(0, Math.min(1, part));

const own = (more: Partial<WindowPreset>): readonly WindowPreset[] => [
  { centre: 300, width: 400, name: null, ...more },
];
const table = Array.from({ length: 601 }, (_, i) => (i / 600) ** 2);

for (const name of ['Stack', 'Axial'] as const) {
  describe(`grey levels, ${name}`, () => {
    it('of the linear window (PS3.3 C.11.2.1.2.1)', async () => {
      near(
        greys(await open({ windows: own({}) }, name)),
        values.map((x) => clamp((x - 299.5) / 399 + 0.5)),
      );
    });
    it('of the exact line (C.11.2.1.3.2)', async () => {
      const view = await open({ windows: own({ function: 'linear-exact' }) }, name);
      near(
        greys(view),
        values.map((x) => clamp((x - 300) / 400 + 0.5)),
      );
    });
    it('of the sigmoid (C.11.2.1.3.1), and of a plain line once the window is changed', async () => {
      const view = await open({ windows: own({ function: 'sigmoid' }) }, name);
      near(
        greys(view),
        values.map((x) => 255 / (1 + Math.exp((-4 * (x - 300)) / 400))),
      );
      view.setWindow({ centre: 400, width: 600 });
      await settled(view);
      near(
        greys(view),
        values.map((x) => clamp((x - 399.5) / 599 + 0.5)),
      );
      view.reset();
      await settled(view);
      near(
        greys(view),
        values.map((x) => 255 / (1 + Math.exp((-4 * (x - 300)) / 400))),
      );
    });
    it('of a VOI LUT, its ends beyond it', async () => {
      const view = await open({ windows: own({ lut: { first: 50, values: table } }) }, name);
      near(
        greys(view),
        values.map((x) => 255 * Math.max(0, Math.min(1, (x - 50) / 600)) ** 2),
      );
      view.invert();
      await settled(view);
      near(
        greys(view),
        values.map((x) => 255 - 255 * Math.max(0, Math.min(1, (x - 50) / 600)) ** 2),
      );
    });
    it('of MONOCHROME1 turned round, with padding black', async () => {
      const view = await open({ windows: own({}), photometric: 'MONOCHROME1', padding: 0 }, name);
      near(
        greys(view),
        values.map((x) => (x === 0 ? 0 : 255 - clamp((x - 299.5) / 399 + 0.5))),
      );
    });
    it('with padding black also inverted', async () => {
      const view = await open({ windows: own({}), padding: 700 }, name);
      const line = values.map((x) => clamp((x - 299.5) / 399 + 0.5));
      near(
        greys(view),
        line.map((grey, i) => (i === 7 ? 0 : grey)),
      );
      view.invert();
      await settled(view);
      near(
        greys(view),
        line.map((grey, i) => (i === 7 ? 0 : 255 - grey)),
      );
    });
    it('of fractions with a sigmoid', async () => {
      const windows = own({ centre: 75.3, width: 90, function: 'sigmoid' });
      const view = await open({ windows, slope: 0.25, intercept: 0.3 }, name);
      near(
        greys(view),
        values.map((x) => 255 / (1 + Math.exp((-4 * (0.25 * x + 0.3 - 75.3)) / 90))),
      );
    });
  });
}

describe('overlays', () => {
  /** Centre of the drawn overlay, CSS px, and how many of its pixels are drawn. */
  function drawn(view: View): { readonly count: number; readonly at: readonly [number, number] } {
    const layer = view.element.querySelector<HTMLCanvasElement>('canvas.overlay-planes');
    const data = layer?.getContext('2d')?.getImageData(0, 0, layer.width, layer.height).data ?? [];
    const width = layer?.width ?? 1;
    let [count, x, y] = [0, 0, 0];
    for (let i = 0; i < data.length / 4; i += 1) {
      if ((data[4 * i + 3] ?? 0) < 128) continue;
      count += 1;
      x += (i % width) + 0.5;
      y += Math.floor(i / width) + 0.5;
    }
    return { count, at: [x / count / devicePixelRatio, y / count / devicePixelRatio] };
  }
  function placeOf(view: View, column: number, row: number): readonly [number, number] {
    const map = view.map();
    if (map?.in !== 'patient') throw new Error('no map');
    const m = map.toCanvas;
    const [x, y, z] = [-60 + column, -180 + row, view.state().position?.[2] ?? 0];
    return [m[0] * x + m[1] * y + m[2] * z + m[3], m[4] * x + m[5] * y + m[6] * z + m[7]];
  }
  const common = { group: 0x6000, type: 'G', label: '', description: '', firstFrame: 1, frames: 1 } as const;

  it('of a header lie where they are said to, also zoomed and moved', async () => {
    // Four columns and two rows, all on, from row 20 and column 30 of the picture.
    const overlays = [{ ...common, rows: 2, columns: 4, origin: [20, 30] as const, runs: [0, 8], bit: null }];
    const view = await open({ overlays }, 'Stack');
    for (const change of [() => {}, () => view.zoomBy(1.5, [100, 100]), () => view.panBy([17, -9])]) {
      change();
      await settled(view);
      const { at, count } = drawn(view);
      const want = placeOf(view, 31.5, 20.5);
      expect(Math.hypot(at[0] - want[0], at[1] - want[1])).toBeLessThan(0.6);
      const zoom = view.state().zoom;
      expect(Math.abs(count / (8 * (4 * zoom) ** 2) - 1)).toBeLessThan(0.1);
    }
  });
  it('in unused bits of the pixels are drawn, and are no part of the values', async () => {
    const overlays = [{ ...common, rows: 64, columns: 64, origin: [0, 0] as const, runs: null, bit: 13 }];
    const view = await open({ overlays, value: (i, j) => 200 + (i === 10 && j === 12 ? 0x2000 : 0) }, 'Stack');
    const { at, count } = drawn(view);
    const want = placeOf(view, 10, 12);
    expect(count).toBe(16);
    expect(Math.hypot(at[0] - want[0], at[1] - want[1])).toBeLessThan(0.6);
    expect(view.valueAt(want)?.value).toBe(200);
  });
  it('leave with the view', async () => {
    const overlays = [{ ...common, rows: 2, columns: 4, origin: [0, 0] as const, runs: [0, 8], bit: null }];
    const view = await open({ overlays }, 'Stack');
    expect(view.element.querySelector('.overlay-planes')).not.toBeNull();
    view.destroy();
    expect(view.element.querySelector('.overlay-planes')).toBeNull();
  });
});
