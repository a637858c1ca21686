import type { Vec3 } from '../../src/geometry/index.ts';
import type { View, VolumeLook } from '../cornerstone/types.ts';
import type { Action } from './action.ts';
import { boneActions } from './boneHiding.ts';
import type { Desk } from './desk.ts';

/** People's words for the looks of 3D. */
export const lookNames: Readonly<Record<VolumeLook, string>> = {
  'ct-vessel': 'CT vessel',
  'ct-bone': 'CT bone',
  'ct-soft': 'CT soft tissue',
  bright: 'Bright vessels',
  soft: 'Soft tissue',
  mip: 'MIP',
};

/** Right and down on screen, LPS: seen from that side. */
const sides: readonly { readonly id: string; readonly name: string; readonly right: Vec3; readonly down: Vec3 }[] = [
  { id: 'anterior', name: 'anterior', right: [1, 0, 0], down: [0, 0, -1] },
  { id: 'posterior', name: 'posterior', right: [-1, 0, 0], down: [0, 0, -1] },
  { id: 'left', name: 'the left', right: [0, 1, 0], down: [0, 0, -1] },
  { id: 'right', name: 'the right', right: [0, -1, 0], down: [0, 0, -1] },
  { id: 'head', name: 'the head', right: [-1, 0, 0], down: [0, 1, 0] },
  { id: 'feet', name: 'the feet', right: [1, 0, 0], down: [0, 1, 0] },
];

const solidView = (desk: Desk): View | undefined =>
  desk.session.getState().layout === 'mpr' ? desk.views.get('3D') : undefined;

const looks: readonly VolumeLook[] = ['ct-vessel', 'ct-bone', 'ct-soft', 'bright', 'soft', 'mip'];

export const solidActions: readonly Action[] = [
  ...looks.map((look): Action => ({
    id: `3d.${look}`,
    title: `3D: ${lookNames[look]}`,
    group: 'Picture',
    keys: [],
    when: (desk) => solidView(desk)?.solid?.looks.includes(look) === true,
    on: (desk) => solidView(desk)?.solid?.look === look,
    run: (desk) => solidView(desk)?.solid?.show(look),
  })),
  ...sides.map(({ id, name, right, down }): Action => ({
    id: `3d.from-${id}`,
    title: `3D: seen from ${name}`,
    group: 'Picture',
    keys: [],
    when: (desk) => solidView(desk)?.solid !== undefined,
    run: (desk) => solidView(desk)?.solid?.face({ right, down }),
  })),
  ...boneActions,
];
