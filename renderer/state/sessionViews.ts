import { along, dot, subtract, type LpsMm } from '../../src/geometry/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';
import type { SessionStore } from './sessionStore.ts';

/** The views on screen: who they are, and how they follow one another. */
export interface SessionViews {
  get(name: ViewName): View | undefined;
  all(): readonly View[];
  /** Returns what takes it away again (the view itself is its maker's to destroy). */
  add(view: View): () => void;
  onChange(listener: () => void): () => void;
  /** Brings every linked view to a patient point; resolves when they have painted. */
  goTo(point: LpsMm, except?: ViewName): Promise<void>;
}

/**
 * Keeps the linked point on every plane: scrolling one plane carries the point along its normal, and stacks of the
 * same frame of reference and study follow by patient position, not by index.
 */
export function createSessionViews(session: SessionStore): SessionViews {
  const views = new Map<ViewName, View>();
  const listeners = new Set<() => void>();
  const lastDepth = new Map<ViewName, number>();
  /** Views that are being led: their drawings are answers, not questions. */
  const led = new Set<ViewName>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const lead = async (view: View, point: LpsMm): Promise<void> => {
    led.add(view.name);
    try {
      await view.go({ point });
    } catch {
      // A view that cannot show the point (outside its volume) keeps its place.
    } finally {
      led.delete(view.name);
      lastDepth.set(view.name, depthOf(view) ?? 0);
    }
  };

  const follow = (view: View): void => {
    const depth = depthOf(view);
    if (depth === null) return;
    const before = lastDepth.get(view.name);
    lastDepth.set(view.name, depth);
    if (led.has(view.name) || before === undefined || Math.abs(before - depth) < 1e-6) return;
    const map = view.map();
    if (map?.in !== 'patient') return;
    const point = session.getState().point ?? map.plane.through;
    const carried = along(point, map.plane.normal, dot(subtract(map.plane.through, point), map.plane.normal));
    session.setState({ point: carried });
    if (view.kind === 'stack')
      for (const other of views.values())
        if (other !== view && other.kind === 'stack' && linked(view, other)) void lead(other, carried);
  };

  return {
    get: (name) => views.get(name),
    all: () => [...views.values()],
    add(view) {
      views.set(view.name, view);
      const stop = view.onDrawn(() => follow(view));
      const depth = depthOf(view);
      if (depth !== null) lastDepth.set(view.name, depth);
      const map = view.map();
      if (view.kind === 'mpr' && map?.in === 'patient' && session.getState().point === null)
        session.setState({ point: map.plane.through });
      changed();
      return () => {
        stop();
        if (views.get(view.name) === view) views.delete(view.name);
        lastDepth.delete(view.name);
        changed();
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async goTo(point, except) {
      session.setState({ point });
      await Promise.all(
        [...views.values()]
          .filter(({ name, kind }) => name !== except && kind !== 'volume')
          .map((view) => lead(view, point)),
      );
    },
  };
}

/** Where the view's plane stands along its own normal, mm; null for pictures without a place in the patient. */
function depthOf(view: View): number | null {
  const map = view.map();
  return map?.in === 'patient' && !map.projection ? dot(map.plane.through, map.plane.normal) : null;
}

function linked(a: View, b: View): boolean {
  const one = a.loaded?.series;
  const two = b.loaded?.series;
  return (
    one !== undefined &&
    two !== undefined &&
    one.frameOfReferenceUID !== null &&
    one.frameOfReferenceUID === two.frameOfReferenceUID &&
    one.study.studyInstanceUID === two.study.studyInstanceUID
  );
}
