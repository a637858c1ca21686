import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, LoadedSeries, View, ViewName } from '../../../renderer/cornerstone/index.ts';
import { startEngine } from '../../../renderer/cornerstone/index.ts';
import type { Phantom, PhantomSpec } from './phantom.ts';
import { brightCentre, grid, lit, phantom, picture, place, turned } from './phantom.ts';

let engine: Engine | null = null;
const elements: HTMLElement[] = [];
afterEach(() => {
  engine?.destroy();
  engine = null;
  for (const element of elements.splice(0)) element.remove();
});

function element(width = 300, height = 300): HTMLDivElement {
  const made = place(width, height);
  elements.push(made);
  return made;
}

async function start(spec: PhantomSpec): Promise<{ made: Phantom; running: Engine; loaded: LoadedSeries }> {
  const made = phantom(spec);
  const running = await startEngine(made.source);
  engine = running;
  return { made, running, loaded: running.load(made.series) };
}
async function open(spec: PhantomSpec, name: ViewName): Promise<View> {
  const { running, loaded } = await start(spec);
  return running.createView(element(), name, loaded);
}
const small = grid([32, 24, 16], [1, 1, 2]);
const ramp: PhantomSpec = {
  geometry: small,
  modality: 'CT',
  intercept: -1024,
  value: (i, j, k) => 1024 + i + 10 * j + 50 * k,
};

describe('loading', () => {
  it('loads the middle slice first, then outward, and fills one shared buffer in slice order with modality values', async () => {
    const { made, loaded } = await start(ramp);
    await loaded.whenAll();
    expect(made.asked.slice(0, 5)).toEqual([8, 9, 7, 10, 6]);
    expect(loaded.landed).toBe(16);
    expect(loaded.loadingFraction).toBe(1);
    expect(loaded.unit).toBe('HU');
    expect(loaded.data.buffer).toBeInstanceOf(crossOriginIsolated ? SharedArrayBuffer : ArrayBuffer);
    expect(loaded.data[5 * 32 * 24 + 3 * 32 + 7]).toBe(7 + 30 + 250);
  });
  it('loads a film from its first frame on', async () => {
    const { made, loaded } = await start({ ...ramp, modality: 'XA', intercept: 0, cine: 15, patient: false });
    await loaded.whenAll();
    expect(made.asked).toEqual(Array.from({ length: 16 }, (_, k) => k));
  });
  it('tells of a slice that is cut short and loads the rest', async () => {
    const { loaded } = await start({ ...ramp, broken: [3] });
    await expect(loaded.whenAll()).rejects.toThrow('1 of 16');
    expect(loaded.landed).toBe(15);
    expect(loaded.faults().get(3)).toBe('Image 4 is cut short.');
    await expect(loaded.whenFrame(3)).rejects.toThrow('cut short');
    // A slice that never came looks like air, not like water.
    expect(loaded.data[3 * 32 * 24]).toBeLessThanOrEqual(-1000);
  });
  it('stops when the series is closed', async () => {
    const { running, made, loaded } = await start({ ...ramp, late: [0] });
    const waiting = loaded.whenFrame(0);
    running.release(made.series.key);
    await expect(waiting).rejects.toThrow('closed');
  });
  it('reads exactly one frame for a thumbnail', async () => {
    const made = phantom({ ...ramp, modality: 'MR', intercept: 0 });
    engine = await startEngine(made.source);
    const thumbnail = await engine.thumbnail(made.series, new AbortController().signal);
    expect(made.asked).toEqual([8]);
    expect(Math.max(thumbnail.width, thumbnail.height)).toBe(96);
    expect(new Set(thumbnail.data.filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(10);
  });
});

describe('the stack', () => {
  it('opens with the middle slice, scrolls, goes, and stops at both ends', async () => {
    const view = await open(ramp, 'Stack');
    expect(view.state()).toMatchObject({
      index: 8,
      count: 16,
      rendered: true,
      complete: true,
      frame: 1,
      kind: 'stack',
    });
    view.scroll(3);
    expect(view.state()).toMatchObject({ index: 11, rendered: false });
    await view.go({ index: 2 });
    expect(view.state()).toMatchObject({ index: 2, rendered: true });
    view.scroll(-100);
    expect(view.state().index).toBe(0);
    await view.go({ point: [-60, -180, -1200 + 2 * 9 + 0.4] });
    expect(view.state().index).toBe(9);
    expect(view.state().position?.[2]).toBeCloseTo(-1200 + 18, 9);
  });
  it('names the sides by the patient', async () => {
    expect((await open(ramp, 'Stack')).state().letters).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
  });
  it('names the sides of an oblique scan by two letters', async () => {
    const view = await open({ ...ramp, geometry: grid([32, 24, 16], [1, 1, 2], turned([0, 0, 30])) }, 'Stack');
    expect(view.state().letters).toEqual({ left: 'RA', right: 'LP', top: 'AL', bottom: 'PR' });
  });
  it('changes its picture with the window, and back', async () => {
    const view = await open(ramp, 'Stack');
    view.setWindow({ centre: 500, width: 400 });
    await view.go({ index: 8 });
    const before = picture(view.element).data.slice();
    view.setWindow({ centre: 600, width: 100 }, 'Narrow');
    await view.go({ index: 8 });
    expect(picture(view.element).data).not.toEqual(before);
    expect(view.state()).toMatchObject({ window: { centre: 600, width: 100 }, windowName: 'Narrow' });
    view.setWindow({ centre: 500, width: 400 });
    await view.go({ index: 8 });
    expect(picture(view.element).data).toEqual(before);
  });
  it('inverts', async () => {
    const view = await open(ramp, 'Stack');
    view.setWindow({ centre: 500, width: 1000 });
    await view.go({ index: 8 });
    const middle = (150 * 300 + 150) * 4;
    const before = picture(view.element).data[middle] ?? 0;
    view.invert();
    await view.go({ index: 8 });
    expect(Math.abs(255 - before - (picture(view.element).data[middle] ?? 0))).toBeLessThanOrEqual(2);
  });
  it('shows a slice that lands late as soon as it is there', async () => {
    const { made, running, loaded } = await start({ ...ramp, late: [2] });
    const view = await running.createView(element(), 'Stack', loaded);
    view.setWindow({ centre: 200, width: 400 });
    const arriving = view.go({ index: 2 });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(view.state()).toMatchObject({ index: 2, complete: false, rendered: false });
    expect(lit(view.element)).toBe(0);
    made.letCome();
    await arriving;
    expect(view.state()).toMatchObject({ index: 2, complete: true, rendered: true });
    expect(lit(view.element)).toBeGreaterThan(1000);
  });
  it('reads the value under a place from the buffer', async () => {
    const view = await open(ramp, 'Stack');
    const map = view.map();
    if (map?.in !== 'patient') throw new Error('no map');
    const point = [-60 + 20, -180 + 5, -1200 + 16] as const;
    const m = map.toCanvas;
    const at = [
      m[0] * point[0] + m[1] * point[1] + m[2] * point[2] + m[3],
      m[4] * point[0] + m[5] * point[1] + m[6] * point[2] + m[7],
    ] as const;
    expect(view.valueAt(at)).toMatchObject({ value: 20 + 50 + 400, unit: 'HU' });
    expect(view.valueAt([1, 1])).toBeNull();
  });
  it('draws fractions (Float32) where the map says, by WebGL', async () => {
    const geometry = grid([32, 24, 4], [0.7, 1.1, 2]);
    const view = await open({ geometry, slope: 0.25, value: (i, j) => (i === 9 && j === 14 ? 4000 : 0) }, 'Stack');
    view.setWindow({ centre: 500, width: 1000 });
    for (const change of [() => {}, () => view.zoomBy(1.6, [100, 200]), () => view.panBy([-11.5, 4.25])]) {
      change();
      await view.go({ index: 2 });
      const map = view.map();
      if (map?.in !== 'patient') throw new Error('no map');
      const p = [-60 + 9 * 0.7, -180 + 14 * 1.1, -1200 + 4] as const;
      const m = map.toCanvas;
      const seen = brightCentre(view.element);
      expect(
        Math.hypot(
          m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + m[3] - seen[0],
          m[4] * p[0] + m[5] * p[1] + m[6] * p[2] + m[7] - seen[1],
        ),
      ).toBeLessThan(0.05);
    }
  });
  it('draws a colour frame in its colours and gives three values', async () => {
    const view = await open(
      {
        geometry: small,
        modality: 'US',
        patient: false,
        isVolume: false,
        colour: true,
        value: (i) => (i < 16 ? [200, 100, 0] : [0, 50, 250]),
      },
      'Stack',
    );
    const { data } = picture(view.element);
    const at = (x: number, y: number): number[] => [...data.slice((y * 300 + x) * 4, (y * 300 + x) * 4 + 3)];
    for (const [got, want] of [
      [at(60, 150), [200, 100, 0]],
      [at(240, 150), [0, 50, 250]],
    ] as const) {
      got.forEach((value, i) => expect(Math.abs(value - (want[i] ?? 0))).toBeLessThanOrEqual(2));
    }
    expect(view.valueAt([60, 150])?.value).toEqual([200, 100, 0]);
    expect(view.map()?.in).toBe('image');
  });
  it('gives pixels and no patient place where the file has no spacing, and draws tall pixels tall', async () => {
    const view = await open(
      {
        ...ramp,
        modality: 'XA',
        intercept: 0,
        patient: false,
        cine: 15,
        aspect: [2, 1],
        value: (i, j) => (i === 10 && j === 6 ? 1000 : 0),
      },
      'Stack',
    );
    view.setWindow({ centre: 500, width: 1000 });
    await view.go({ frame: 4 });
    expect(view.state()).toMatchObject({ index: 3, frame: 4, position: null });
    const map = view.map();
    if (map?.in !== 'image') throw new Error('no image map');
    expect(map.on).toMatchObject({ in: 'image', frame: 4 });
    const m = map.toCanvas;
    expect(m[4] / m[0]).toBeCloseTo(2, 9);
    const seen = brightCentre(view.element);
    expect(Math.hypot(m[0] * 10 + m[1] * 6 + m[2] - seen[0], m[3] * 10 + m[4] * 6 + m[5] - seen[1])).toBeLessThan(0.05);
    const back = map.toPoint(seen);
    expect(back[0]).toBeCloseTo(10, 1);
    expect(back[1]).toBeCloseTo(6, 1);
  });
  it('shows MONOCHROME1 with its low values white', async () => {
    const view = await open(
      {
        ...ramp,
        modality: 'DX',
        photometric: 'MONOCHROME1',
        patient: false,
        isVolume: false,
        intercept: 0,
        value: (i) => (i < 16 ? 0 : 1000),
      },
      'Stack',
    );
    const { data } = picture(view.element);
    expect(data[(150 * 300 + 60) * 4]).toBeGreaterThan(200);
    expect(data[(150 * 300 + 240) * 4]).toBeLessThan(50);
    expect(view.state().inverted).toBe(false);
  });
  it('plays a film at its own rate and stops', async () => {
    const view = await open({ ...ramp, modality: 'XA', intercept: 0, patient: false, cine: 30 }, 'Stack');
    expect(view.state().index).toBe(0);
    view.play(true);
    expect(view.state().playing).toBe(true);
    const seen = new Set<number>();
    view.onDrawn(() => seen.add(view.state().index));
    while (seen.size < 5) await new Promise((resolve) => requestAnimationFrame(resolve));
    view.play(false);
    expect(view.state().playing).toBe(false);
  });
});

describe('reformatted planes', () => {
  it('count the voxels along each normal and step by one voxel', async () => {
    const { running, loaded } = await start(ramp);
    for (const [name, count, step, axis] of [
      ['Axial', 16, 2, 2],
      ['Coronal', 24, 1, 1],
      ['Sagittal', 32, 1, 0],
    ] as const) {
      const view = await running.createView(element(), name, loaded);
      await view.go({ index: 4 });
      const a = view.state();
      expect(a).toMatchObject({ index: 4, count, rendered: true, complete: true });
      view.scroll(1);
      const b = view.state();
      expect(b.index).toBe(5);
      expect(Math.abs((b.position?.[axis] ?? 0) - (a.position?.[axis] ?? 0))).toBeCloseTo(step, 9);
      view.scroll(1000);
      expect(view.state().index).toBe(count - 1);
      view.destroy();
    }
  });
  it('name their sides', async () => {
    const { running, loaded } = await start(ramp);
    const letters = async (name: ViewName): Promise<unknown> =>
      (await running.createView(element(), name, loaded)).state().letters;
    expect(await letters('Axial')).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
    expect(await letters('Coronal')).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' });
    expect(await letters('Sagittal')).toEqual({ left: 'A', right: 'P', top: 'H', bottom: 'F' });
  });
  it('show slices that land late, and share one window', async () => {
    const late = [0, 1, 2, 3, 12, 13, 14, 15];
    const { made, running, loaded } = await start({ ...ramp, late, value: () => 2000 });
    const coronal = await running.createView(element(), 'Coronal', loaded);
    const sagittal = await running.createView(element(), 'Sagittal', loaded);
    coronal.setWindow({ centre: 500, width: 1000 });
    await coronal.go({ index: 10 });
    expect(sagittal.state().window).toEqual({ centre: 500, width: 1000 });
    const before = lit(coronal.element);
    expect(before).toBeGreaterThan(1000);
    expect(coronal.state().complete).toBe(false);
    made.letCome();
    await loaded.whenAll();
    while (lit(coronal.element) < before * 1.6) await new Promise((resolve) => coronal.onDrawn(() => resolve(null)));
    expect(coronal.state().complete).toBe(true);
  });
  it('refuse images that form no volume, with a sentence', async () => {
    const { running, loaded } = await start({ ...ramp, isVolume: false });
    await expect(running.createView(element(), 'Axial', loaded)).rejects.toThrow('do not form a volume');
  });
  it('read the value under a place', async () => {
    const { running, loaded } = await start(ramp);
    const view = await running.createView(element(), 'Sagittal', loaded);
    await loaded.whenAll();
    await view.go({ point: [-60 + 12, -180 + 7, -1200 + 10] });
    const map = view.map();
    if (map?.in !== 'patient') throw new Error('no map');
    const m = map.toCanvas;
    const p = [-60 + 12, -180 + 7, -1200 + 10] as const;
    expect(
      view.valueAt([m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + m[3], m[4] * p[0] + m[5] * p[1] + m[6] * p[2] + m[7]]),
    ).toMatchObject({ value: 12 + 70 + 250 });
  });
});

describe('in 3D', () => {
  it('draws the volume, and marks as bodies where the map says', async () => {
    const { running, loaded } = await start({
      ...ramp,
      value: (i, j, k) => (Math.hypot(i - 16, j - 12, 2 * (k - 8)) < 9 ? 2500 : 0),
    });
    const view = await running.createView(element(), '3D', loaded);
    while (!view.state().complete || lit(view.element) < 500) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(view.map()).toMatchObject({ in: 'patient', projection: true });
    const empty = await start({ ...ramp, value: () => 0 });
    const bare = await empty.running.createView(element(), '3D', empty.loaded);
    bare.showShapes([
      {
        id: 'a',
        colour: '#ff0000',
        shapes: [
          {
            type: 'ellipsoid',
            role: 'target',
            centre: [-50, -170, -1190],
            semiAxes: [3, 3, 3],
            axes: [
              [1, 0, 0],
              [0, 1, 0],
              [0, 0, 1],
            ],
          },
        ],
      },
    ]);
    while (lit(bare.element) < 20) await new Promise((resolve) => setTimeout(resolve, 50));
    const map = bare.map();
    if (map?.in !== 'patient') throw new Error('no map');
    const m = map.toCanvas;
    const seen = brightCentre(bare.element);
    expect(
      Math.hypot(
        m[0] * -50 + m[1] * -170 + m[2] * -1190 + m[3] - seen[0],
        m[4] * -50 + m[5] * -170 + m[6] * -1190 + m[7] - seen[1],
      ),
    ).toBeLessThan(1);
  });
});
