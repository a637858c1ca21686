import { patientToVoxel, voxelVolumeMm3 } from '../../src/geometry/index.ts';
import { growRegion, joinedWithEdge, type Grown } from '../../src/imaging/index.ts';
import { endWork, putWork, say } from '../state/index.ts';
import { counted } from '../ui/text.ts';
import type { Action } from './action.ts';
import type { Desk } from './desk.ts';

/** Cortical and spongy bone, calcium, and vessels full of contrast medium are brighter; soft tissue is darker. HU. */
const boneFromHU = 200;

export const boneActions: readonly Action[] = [
  {
    id: '3d.hide-bone',
    title: '3D: hide the bone at the crosshair',
    group: 'Picture',
    keys: ['Shift+B'],
    hint: 'Leaves out of 3D what hangs together with the crosshair and is as bright as bone',
    when: (desk) => desk.views.get('3D')?.loaded?.series.modality === 'CT',
    run: hideBone,
  },
  {
    id: '3d.show-bone',
    title: '3D: show hidden bone again',
    group: 'Picture',
    keys: [],
    when: (desk) => (desk.views.get('3D')?.solid?.hidden ?? null) !== null,
    run: async (desk) => {
      await desk.views.get('3D')?.solid?.hide(null);
    },
  },
];

/** Leaves out of 3D all that hangs together with the place of the crosshair and is as bright as bone. Long: can be left. */
async function hideBone(desk: Desk): Promise<void> {
  const view = desk.views.get('3D');
  const loaded = view?.loaded;
  const volume = loaded?.series.volume;
  const { point } = desk.session.getState();
  if (view === undefined || !loaded || !volume || point === null) return;
  await loaded.whenAll();
  const { dimensions } = volume;
  const seed = patientToVoxel(volume, point);
  const growth = growRegion({ data: loaded.data, dimensions, seed, atLeast: boneFromHU });
  const grown = await finished(desk, growth);
  if (grown === 'left') return;
  if (grown === undefined) {
    say(desk.session, {
      tone: 'warning',
      say: `There is no bone at the crosshair: nothing there reaches ${boneFromHU} HU.`,
      remedy: 'Click on the bone in one of the planes first.',
    });
    return;
  }
  const cubicCm = (grown.voxels * voxelVolumeMm3(volume)) / 1000;
  await view.solid?.hide(joinedWithEdge(grown.bits, view.solid.hidden, dimensions));
  say(desk.session, {
    tone: 'info',
    say: `${cubicCm.toFixed(cubicCm < 10 ? 1 : 0)} mL of bone are hidden in 3D. A vessel or calcium that touches it is hidden with it.`,
    remedy: 'Ctrl+K, "Show hidden bone", brings it back. Planes and numbers are not touched.',
  });
}

/** The growth in short pieces, so that the window goes on. */
async function finished(desk: Desk, growth: Generator<number, Grown | undefined>): Promise<Grown | undefined | 'left'> {
  const id = crypto.randomUUID();
  let left = false;
  const work = { id, fraction: null, cancel: () => (left = true) };
  try {
    for (;;) {
      const until = performance.now() + 20;
      let step = growth.next();
      while (step.done !== true && performance.now() < until) step = growth.next();
      if (step.done === true) return step.value;
      if (left) return 'left';
      putWork(desk.session, {
        ...work,
        title: `Finding the bone: ${counted(Math.round(step.value / 1000), 'thousand voxels', 'thousand voxels')}`,
      });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } finally {
    endWork(desk.session, id);
  }
}
