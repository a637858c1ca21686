import type { Point, Vec3 } from '../../src/geometry/index.ts';
import type { View, ViewName, ViewState, VolumeLook } from '../cornerstone/types.ts';
import { say } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { lookAt, pointInMiddle } from './viewPlace.ts';

/** Where a view stood: enough to stand there again. */
interface Stood {
  readonly state: ViewState;
  /** The point in the middle of its element. */
  readonly middle: Point | null;
  readonly plane: { readonly right: Vec3; readonly down: Vec3 } | null;
  /** Of the 3D view. */
  readonly look: VolumeLook | null;
  readonly hidden: Uint8Array | null;
}

/**
 * When the graphics are lost the pictures are made anew, each where it stood, with its window, zoom and place. Plan and
 * pixels live elsewhere and are not touched. Returns what stops it.
 */
export function followLostGraphics(desk: Desk): () => void {
  return desk.engine.onLost(() => {
    const old = new Set(desk.views.all());
    const stood = new Map<ViewName, Stood>(desk.views.all().map((view) => [view.name, where(view)]));
    // After the engine has let go of everything; the panes then make their views anew.
    queueMicrotask(() => {
      const { limitation } = desk.engine;
      say(desk.session, {
        tone: 'warning',
        say: limitation ?? 'The graphics of this computer stopped and were started again. Nothing was lost.',
      });
      const stop = desk.views.onChange(() => {
        for (const view of desk.views.all()) {
          const before = stood.get(view.name);
          if (before === undefined || old.has(view) || !stood.delete(view.name)) continue;
          void restore(view, before);
        }
        if (stood.size === 0) stop();
      });
      desk.session.setState(({ drawing }) => ({ drawing: drawing + 1, faults: {} }));
    });
  });
}

function where(view: View): Stood {
  const map = view.map();
  return {
    state: view.state(),
    middle: pointInMiddle(view),
    plane: map?.in === 'patient' ? map.plane : null,
    look: view.solid?.look ?? null,
    hidden: view.solid?.hidden ?? null,
  };
}

async function restore(view: View, { state, middle, plane, look, hidden }: Stood): Promise<void> {
  if (view.loaded?.series.key !== state.seriesKey) return;
  if (state.window !== null) view.setWindow(state.window, state.windowName ?? undefined);
  if (view.state().inverted !== state.inverted) view.invert();
  if (view.solid !== undefined) {
    if (look !== null) view.solid.show(look);
    if (plane !== null) view.solid.face(plane);
    if (hidden !== null) await view.solid.hide(hidden);
    lookAt(view, { zoom: state.zoom, middle });
    return;
  }
  if (state.oblique && plane !== null && state.position !== null) view.orient?.(plane, state.position);
  if (state.slab !== null) view.setSlab?.(state.slab);
  await view
    .go(view.kind === 'mpr' && state.position !== null ? { point: state.position } : { index: state.index })
    .catch(() => undefined);
  lookAt(view, { zoom: state.zoom, middle });
}
