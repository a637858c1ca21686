import type { View, WindowLevel } from '../cornerstone/types.ts';
import type { SessionStore } from './sessionStore.ts';
import type { SessionViews } from './sessionViews.ts';

/**
 * Two dates compared have one window where their values mean the same: one modality, one physical unit (HU, not the
 * free numbers of MR). What a hand does to one is done to the other; a picture that comes takes the other's.
 */
export function shareWindows(session: SessionStore, views: SessionViews): void {
  const last = new Map<View, WindowLevel | null>();
  const partners = (view: View): View[] => views.all().filter((other) => other !== view && comparable(view, other));
  const give = (from: View, to: View): void => {
    const { window, windowName } = from.state();
    const has = to.state().window;
    if (window === null || has === null || (has.centre === window.centre && has.width === window.width)) return;
    last.set(to, window);
    to.setWindow(window, windowName ?? undefined);
  };
  const drawn = (view: View): void => {
    const { window } = view.state();
    const before = last.get(view) ?? null;
    if (window === null || (before !== null && before.centre === window.centre && before.width === window.width))
      return;
    last.set(view, window);
    if (before === null || session.getState().layout !== 'compare') return;
    for (const other of partners(view)) give(view, other);
  };
  views.onChange(() => {
    const now = views.all();
    for (const gone of [...last.keys()].filter((view) => !now.includes(view))) last.delete(gone);
    for (const view of now) {
      if (last.has(view) || view.kind !== 'stack') continue;
      last.set(view, view.state().window);
      view.onDrawn(() => {
        if (last.has(view)) drawn(view);
      });
      if (session.getState().layout !== 'compare') continue;
      const [first] = [...partners(view), view].toSorted((a, b) => a.name.localeCompare(b.name));
      for (const other of first === undefined ? [] : [view, ...partners(view)])
        if (first !== undefined) give(first, other);
    }
  });
}

function comparable(a: View, b: View): boolean {
  if (a.loaded === null || b.loaded === null || a.kind !== 'stack' || b.kind !== 'stack') return false;
  return (
    a.loaded.series.modality === b.loaded.series.modality && a.loaded.unit === b.loaded.unit && a.loaded.unit !== '1'
  );
}
