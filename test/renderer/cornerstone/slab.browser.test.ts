import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, LoadedSeries, View, ViewName } from '../../../renderer/cornerstone/index.ts';
import { startEngine } from '../../../renderer/cornerstone/index.ts';
import type { LpsMm, VolumeGeometry } from '../../../src/geometry/index.ts';
import { along, normalize, patientToVoxel, voxelToPatient } from '../../../src/geometry/index.ts';
import type { SlabMode } from '../../../src/imaging/index.ts';
import { throughSlab } from '../../../src/imaging/index.ts';
import { brightCentre, grid, phantom, picture, place, tilted } from './phantom.ts';

let engine: Engine | null = null;
const elements: HTMLElement[] = [];
afterEach(() => {
  engine?.destroy();
  engine = null;
  for (const element of elements.splice(0)) element.remove();
});

async function open(
  geometry: VolumeGeometry,
  value: (i: number, j: number, k: number) => number,
  name: ViewName,
): Promise<{ view: View; loaded: LoadedSeries }> {
  const made = phantom({ geometry, value });
  engine = await startEngine(made.source);
  const loaded = engine.load(made.series);
  await loaded.whenAll();
  const element = place(200, 200);
  elements.push(element);
  return { view: await engine.createView(element, name, loaded), loaded };
}
const planeOf = (view: View) => {
  const map = view.map();
  if (map?.in !== 'patient') throw new Error('no patient map');
  return map;
};
const drawn = (view: View): Promise<void> => view.go({ index: view.state().index });
/** The grey drawn at a place, as a value of the window from 0 to `width`. */
const valueShown = ({ data, width: columns }: ImageData, [x, y]: readonly [number, number], width: number): number =>
  ((data[(Math.floor(y) * columns + Math.floor(x)) * 4] ?? 0) / 255) * width;

const cases: readonly (readonly [string, VolumeGeometry, ViewName])[] = [
  ['an ordinary scan, axial', grid([40, 32, 20], [1, 1, 2]), 'Axial'],
  ['pixels twice as high as wide, coronal', grid([40, 32, 20], [0.6, 1.2, 1.5]), 'Coronal'],
  ['a gantry tilted by 15 degrees, sagittal', grid([40, 32, 20], [1, 1, 2], tilted(15)), 'Sagittal'],
];

describe('a slab', () => {
  for (const [title, geometry, name] of cases) {
    it(`shows greatest, least and mean as the reference on the processor has them, within the steps of the grey: ${title}`, async () => {
      const wave = (i: number, j: number, k: number): number =>
        Math.round(500 + 180 * Math.sin(i / 3) + 150 * Math.cos(j / 4 + k / 2) + 4 * k);
      const { view, loaded } = await open(geometry, wave, name);
      view.setWindow({ centre: 500.5, width: 1001 });
      await view.go({ point: voxelToPatient(geometry, [20, 15, 10]) });
      for (const mode of ['mip', 'minip', 'mean'] satisfies SlabMode[]) {
        view.setSlab?.({ mode, mm: 9 });
        await drawn(view);
        const { plane, toPoint } = planeOf(view);
        const shown = picture(view.element);
        let worst = 0;
        let compared = 0;
        for (let x = 20.5; x < 200; x += 20) {
          for (let y = 20.5; y < 200; y += 20) {
            const at = toPoint([x, y]);
            // Away from the faces: there the graphics go half a voxel further than the voxels' centres.
            const ends = [-5, 5].map((depth) => patientToVoxel(geometry, along(at, plane.normal, depth)));
            if (ends.some((index) => index.some((one, axis) => one < 0 || one > (geometry.dimensions[axis] ?? 0) - 1)))
              continue;
            const wanted = throughSlab({ geometry, data: loaded.data, unit: '1' }, at, plane.normal, { mode, mm: 9 });
            worst = Math.max(worst, Math.abs(valueShown(shown, [x, y], 1001) - (wanted?.value ?? NaN)));
            compared += 1;
          }
        }
        expect(compared, mode).toBeGreaterThan(10);
        // One grey is 3.9.
        expect(worst, mode).toBeLessThan(5);
      }
      view.setSlab?.(null);
      await drawn(view);
      expect(view.state().slab).toBeNull();
    });
    it(`shows a bright rod off the axial plane at its place with its value, and a point set on it has the rod's depth: ${title}`, async () => {
      const index = [20, 15, 12] as const;
      const { view } = await open(
        geometry,
        (i, j, k) => (Math.abs(i - 20) <= 1 && j === 15 && k === 12 ? 1000 : 0),
        'Axial',
      );
      view.setWindow({ centre: 500.5, width: 1001 });
      const rod: LpsMm = voxelToPatient(geometry, index);
      await view.go({ point: along(rod, [0, 0, 1], -4) });
      view.setSlab?.({ mode: 'mip', mm: 2 });
      await drawn(view);
      const black = picture(view.element).data.every((value, i) => i % 4 === 3 || value === 0);
      expect(black).toBe(true);
      view.setSlab?.({ mode: 'mip', mm: 12 });
      await drawn(view);
      const { toCanvas: m, seenAt, slab } = planeOf(view);
      expect(slab).toEqual({ mode: 'mip', mm: 12 });
      const said = [
        m[0] * rod[0] + m[1] * rod[1] + m[2] * rod[2] + m[3],
        m[4] * rod[0] + m[5] * rod[1] + m[6] * rod[2] + m[7],
      ] as const;
      const seen = brightCentre(view.element);
      expect(Math.hypot(said[0] - seen[0], said[1] - seen[1])).toBeLessThan(0.15);
      expect(valueShown(picture(view.element), said, 1001)).toBeGreaterThan(930);
      const picked = seenAt?.(said) ?? [NaN, NaN, NaN];
      for (const axis of [0, 1, 2] as const) expect(Math.abs(picked[axis] - rod[axis])).toBeLessThan(0.1);
      expect(view.valueAt(said)?.value).toBeGreaterThan(930);
      expect(view.state().slab).toEqual({ mode: 'mip', mm: 12 });
    });
  }
});

describe('a plane that is turned', () => {
  it('shows a bright voxel where the map says, keeps the point it turns about on its place, and goes back', async () => {
    const geometry = grid([40, 32, 20], [1, 1, 2], tilted(15));
    const bright = voxelToPatient(geometry, [22, 13, 9]);
    const { view } = await open(geometry, (i, j, k) => (i === 22 && j === 13 && k === 9 ? 1000 : 0), 'Coronal');
    view.setWindow({ centre: 500.5, width: 1001 });
    await view.go({ point: bright });
    const onCanvas = (p: LpsMm): readonly [number, number] => {
      const m = planeOf(view).toCanvas;
      return [m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + m[3], m[4] * p[0] + m[5] * p[1] + m[6] * p[2] + m[7]];
    };
    const before = onCanvas(bright);
    const { letters, zoom } = view.state();
    const right = normalize([0.8, 0.5, 0.2]);
    view.orient?.({ right, down: [0.1, 0.3, -1] }, bright);
    await view.go({ point: bright });
    expect(view.state()).toMatchObject({ oblique: true, zoom });
    expect(view.state().letters).not.toEqual(letters);
    expect(planeOf(view).plane.right).toEqual(right);
    const after = onCanvas(bright);
    expect(Math.hypot(after[0] - before[0], after[1] - before[1])).toBeLessThan(1e-6);
    const seen = brightCentre(view.element);
    expect(Math.hypot(after[0] - seen[0], after[1] - seen[1])).toBeLessThan(0.08);
    const back = planeOf(view).toPoint(after);
    for (const axis of [0, 1, 2] as const) expect(Math.abs(back[axis] - bright[axis])).toBeLessThan(1e-6);
    view.reset();
    await drawn(view);
    expect(view.state()).toMatchObject({ oblique: false, letters });
    view.setWindow({ centre: 500.5, width: 1001 });
    // About the axis that points up on screen: what is up stays, and the cut must follow all the same.
    await view.go({ point: bright });
    view.orient?.({ right: normalize([1, 1, 0]), down: [0, 0, -1] }, bright);
    await view.go({ point: bright });
    const [x, y] = onCanvas(bright);
    const cut = brightCentre(view.element);
    expect(Math.hypot(x - cut[0], y - cut[1])).toBeLessThan(0.08);
  });
});
