import type { SlabMode } from '../../src/imaging/index.ts';
import type { View } from '../cornerstone/types.ts';
import type { Action } from './action.ts';
import type { Desk } from './desk.ts';
import { activeView } from './windows.ts';

const order: readonly SlabMode[] = ['mip', 'minip', 'mean'];

/** The active view, where it is a plane of a volume. */
const plane = (desk: Desk): View | undefined => {
  const view = activeView(desk);
  return view?.setSlab === undefined ? undefined : view;
};

/** Thickness that a slab begins with, mm: what was chosen last, else the custom of the clinic (clinical page 2.5). */
function beginsWith(desk: Desk, view: View, mode: SlabMode): number {
  const chosen = desk.session.getState().slabMm[mode];
  if (chosen !== undefined) return chosen;
  if (mode === 'minip') return 5;
  if (mode === 'mean') return 3;
  // A window for the lung asks for the lung's slab.
  const centre = view.state().window?.centre ?? 0;
  return view.loaded?.series.modality === 'CT' && centre <= -300 ? 8 : 10;
}

/** Off, MIP, MinIP, mean, and off again. */
function cycleSlab(desk: Desk): void {
  const view = plane(desk);
  if (view === undefined) return;
  const now = view.state().slab;
  const next = now === null ? order[0] : order[order.indexOf(now.mode) + 1];
  view.setSlab?.(next === undefined ? null : { mode: next, mm: beginsWith(desk, view, next) });
}

/** One step thicker or thinner: half a millimetre below 5, one below 20, then five. Where there is no slab a MIP begins. */
export function changeSlab(desk: Desk, view: View, by: 1 | -1): void {
  if (view.setSlab === undefined) return;
  const now = view.state().slab;
  if (now === null) {
    view.setSlab({ mode: 'mip', mm: beginsWith(desk, view, 'mip') });
    return;
  }
  const from = by > 0 ? now.mm : now.mm - 1e-9;
  const step = from < 5 ? 0.5 : from < 20 ? 1 : 5;
  view.setSlab({ mode: now.mode, mm: Math.round((now.mm + by * step) / step) * step });
  const mm = view.state().slab?.mm;
  if (mm !== undefined) desk.session.setState(({ slabMm }) => ({ slabMm: { ...slabMm, [now.mode]: mm } }));
}

const step = (id: string, title: string, by: 1 | -1): Action => ({
  id,
  title,
  group: 'Picture',
  keys: [],
  hint: 'Alt and wheel',
  when: (desk) => plane(desk) !== undefined && plane(desk)?.state().slab !== null,
  run(desk) {
    const view = plane(desk);
    if (view !== undefined) changeSlab(desk, view, by);
  },
});

export const slabActions: readonly Action[] = [
  {
    id: 'slab',
    title: 'Slab: MIP, MinIP, mean, off',
    group: 'Picture',
    keys: ['T'],
    hint: 'Thick slab in the active plane: MIP, MinIP, mean, off. Alt and wheel change its thickness',
    when: (desk) => plane(desk) !== undefined,
    on: (desk) => (plane(desk)?.state().slab ?? null) !== null,
    run: cycleSlab,
  },
  {
    id: 'slab.off',
    title: 'Slab off: thin plane',
    group: 'Picture',
    keys: ['Shift+T'],
    when: (desk) => (plane(desk)?.state().slab ?? null) !== null,
    run: (desk) => plane(desk)?.setSlab?.(null),
  },
  step('slab.thicker', 'Slab thicker', 1),
  step('slab.thinner', 'Slab thinner', -1),
];
