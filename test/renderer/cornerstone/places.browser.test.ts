import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, View, ViewName } from '../../../renderer/cornerstone/index.ts';
import { startEngine } from '../../../renderer/cornerstone/index.ts';
import type { LpsMm, VolumeGeometry } from '../../../src/geometry/index.ts';
import { voxelToPatient } from '../../../src/geometry/index.ts';
import type { Phantom, PhantomSpec } from './phantom.ts';
import { brightCentre, grid, phantom, place, tilted, turned } from './phantom.ts';

let engine: Engine | null = null;
const elements: HTMLElement[] = [];
afterEach(() => {
  engine?.destroy();
  engine = null;
  for (const element of elements.splice(0)) element.remove();
});

const bright: readonly [number, number, number] = [21, 13, 9];

async function open(spec: PhantomSpec, name: ViewName): Promise<{ view: View; made: Phantom }> {
  const made = phantom(spec);
  engine = await startEngine(made.source);
  const loaded = engine.load(made.series);
  await loaded.whenAll();
  const element = place();
  elements.push(element);
  const view = await engine.createView(element, name, loaded);
  view.setWindow({ centre: 500.5, width: 1001 });
  return { view, made };
}

function oneVoxel(geometry: VolumeGeometry, rest: Partial<PhantomSpec> = {}): PhantomSpec {
  return { geometry, value: (i, j, k) => (i === bright[0] && j === bright[1] && k === bright[2] ? 1000 : 0), ...rest };
}

/** Where map() says the bright voxel is, and where the picture shows it. */
async function error(view: View, geometry: VolumeGeometry): Promise<number> {
  const point: LpsMm = voxelToPatient(geometry, bright);
  await view.go({ point });
  const map = view.map();
  if (map?.in !== 'patient') throw new Error('no patient map');
  const m = map.toCanvas;
  const said = [
    m[0] * point[0] + m[1] * point[1] + m[2] * point[2] + m[3],
    m[4] * point[0] + m[5] * point[1] + m[6] * point[2] + m[7],
  ] as const;
  const seen = brightCentre(view.element);
  const back = map.toPoint(said);
  for (const axis of [0, 1, 2] as const)
    expect(Math.abs(back[axis] - point[axis])).toBeLessThan(map.halfThicknessMm + 1e-6);
  return Math.hypot(said[0] - seen[0], said[1] - seen[1]);
}

const straightGrid = grid([40, 32, 20], [1, 1, 2]);
const cases: readonly (readonly [string, VolumeGeometry])[] = [
  ['an ordinary scan', straightGrid],
  ['pixels twice as high as wide', grid([40, 32, 20], [0.6, 1.2, 1.5])],
  ['an oblique scan', grid([40, 32, 20], [1, 1, 2], turned([20, -15, 10]))],
  ['a gantry tilted by 15 degrees', grid([40, 32, 20], [1, 1, 2], tilted(15))],
];

describe('a bright voxel lies where the map says', () => {
  for (const [title, geometry] of cases) {
    for (const name of ['Stack', 'Axial', 'Coronal', 'Sagittal'] as const) {
      it(`within 0.05 px: ${title}, ${name}`, async () => {
        const { view } = await open(oneVoxel(geometry), name);
        expect(await error(view, geometry)).toBeLessThan(0.05);
        view.zoomBy(1.7, [150, 260]);
        view.panBy([13.3, -7.7]);
        expect(await error(view, geometry)).toBeLessThan(0.05);
      });
    }
  }
});
