import { afterEach, expect, it } from 'vitest';
import type { Engine, View, VolumeLook } from '../../../renderer/cornerstone/index.ts';
import { placeOnCanvas, startEngine } from '../../../renderer/cornerstone/index.ts';
import type { LpsMm } from '../../../src/geometry/index.ts';
import { voxelToPatient } from '../../../src/geometry/index.ts';
import { grid, phantom, place } from './phantom.ts';

let engine: Engine | null = null;
const elements: HTMLElement[] = [];
afterEach(() => {
  engine?.destroy();
  engine = null;
  for (const element of elements.splice(0)) element.remove();
});

const geometry = grid([40, 24, 24], [1, 1, 1]);
const bone = voxelToPatient(geometry, [10, 12, 12]);
const vessel = voxelToPatient(geometry, [30, 12, 12]);

/** Two balls of 6 mm radius 20 mm apart, in water: bone of 700 HU, a vessel of 300 HU. */
async function open(): Promise<View> {
  const { series, source } = phantom({
    geometry,
    modality: 'CT',
    intercept: -1024,
    value: (i, j, k) => {
      const from = (x: number): number => Math.hypot(i - x, j - 12, k - 12);
      return 1024 + (from(10) < 6 ? 700 : from(30) < 6 ? 300 : 0);
    },
  });
  engine = await startEngine(source);
  const element = place(300, 300);
  elements.push(element);
  const view = await engine.createView(element, '3D', engine.load(series));
  while (!view.state().complete) await new Promise((resolve) => setTimeout(resolve, 30));
  return view;
}

/** Red, green and blue (0 to 255) at a place of the patient. */
function colourAt(view: View, point: LpsMm): readonly number[] {
  const map = view.map();
  const at = map === undefined ? null : placeOnCanvas(map, point);
  const canvas = view.element.querySelector('canvas');
  if (at === null || canvas === null) throw new Error('no picture');
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy?.drawImage(canvas, 0, 0);
  const scale = canvas.width / view.element.clientWidth;
  return [...(copy?.getImageData(Math.round(at[0] * scale), Math.round(at[1] * scale), 1, 1).data ?? [])].slice(0, 3);
}
async function shown(view: View, look: VolumeLook): Promise<{ bone: number; vessel: number }> {
  const before = view.state().framesPainted;
  view.solid?.show(look);
  while (view.state().framesPainted === before) await new Promise((resolve) => setTimeout(resolve, 30));
  return { bone: Math.max(...colourAt(view, bone)), vessel: Math.max(...colourAt(view, vessel)) };
}

it('the bone look draws bone of 700 HU and not a vessel of 300 HU; the vessel look draws both, the vessel redder', async () => {
  const view = await open();
  const inBone = await shown(view, 'ct-bone');
  expect(inBone.bone).toBeGreaterThan(90);
  expect(inBone.vessel).toBe(0);
  const inVessel = await shown(view, 'ct-vessel');
  expect(inVessel.vessel).toBeGreaterThan(60);
  const [red = 0, , blue = 0] = colourAt(view, vessel);
  const [boneRed = 0, , boneBlue = 0] = colourAt(view, bone);
  expect(red / (blue + 1)).toBeGreaterThan((1.3 * boneRed) / (boneBlue + 1));
});

it('a MIP is as bright as the value on its line: 300 HU of 0 to 700 is three sevenths of white', async () => {
  const view = await open();
  const { bone: white, vessel: grey } = await shown(view, 'mip');
  expect(white).toBeGreaterThan(250);
  expect(Math.abs(grey - (255 * 300) / 700)).toBeLessThan(4);
  const { window } = view.state();
  if (window === null) throw new Error('no window');
  const before = view.state().framesPainted;
  // Drawn black from 300 HU down.
  view.setWindow({ centre: window.centre + 300, width: window.width });
  while (view.state().framesPainted === before) await new Promise((resolve) => setTimeout(resolve, 30));
  expect(Math.max(...colourAt(view, vessel))).toBeLessThan(4);
});

it('seen from the left the nose is to the left of the screen, and the patient is seen at the same size', async () => {
  const view = await open();
  const before = view.map();
  view.solid?.face({ right: [0, 1, 0], down: [0, 0, -1] });
  const map = view.map();
  if (map?.in !== 'patient' || before?.in !== 'patient') throw new Error('no map');
  expect(view.state().letters).toMatchObject({ left: 'A', right: 'P', top: 'H', bottom: 'F' });
  expect(map.millimetresPerPixel).toBeCloseTo(before.millimetresPerPixel, 9);
});
