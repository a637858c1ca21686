import { add, dot, type LpsMm } from '../../src/geometry/index.ts';
import type { Series } from '../../src/dicom/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';
import { carriedTo, offsetBetween, type ShownPlace } from './linking.ts';
import type { SessionStore } from './sessionStore.ts';

/** Whose coordinates a point is given in. */
export interface PointSpace {
  readonly frameOfReferenceUID: string | null;
  readonly seriesInstanceUID: string;
}

/** The views on screen: who they are, and how they follow one another. */
export interface SessionViews {
  get(name: ViewName): View | undefined;
  all(): readonly View[];
  /** Returns what takes it away again (the view itself is its maker's to destroy). */
  add(view: View): () => void;
  onChange(listener: () => void): () => void;
  /**
   * Brings every view that is linked to this place to a patient point; resolves when they have painted.
   * The point is of the space `on`, else of the view `except`, else of the active one.
   */
  goTo(point: LpsMm, except?: ViewName, on?: PointSpace): Promise<void>;
  /** Brings all stacks linked with the active one to its place. */
  align(): Promise<void>;
  /** The stacks that lie in the patient, the active one first: what "Link here" links. */
  places(): readonly ShownPlace[];
}

/**
 * Keeps the linked point on every plane: scrolling one plane carries the point along its normal, and stacks that are
 * linked (linking.ts) follow by patient position, never by the number of a slice.
 */
export function createSessionViews(session: SessionStore): SessionViews {
  const views = new Map<ViewName, View>();
  const listeners = new Set<() => void>();
  const lastDepth = new Map<ViewName, number>();
  /** Views that are being led: their drawings are answers, not questions. */
  const led = new Set<ViewName>();
  /** The series in whose coordinates the session's point was last set here; a point set elsewhere is the leader's. */
  let owner: { readonly point: LpsMm; readonly series: Series } | null = null;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const setPoint = (point: LpsMm, series: Series | undefined): void => {
    owner = series === undefined ? null : { point, series };
    session.setState({ point });
  };
  const offset = (from: Series, to: Series): ReturnType<typeof offsetBetween> => {
    const { links, layout } = session.getState();
    return offsetBetween(from, to, links, { acrossDates: layout === 'compare' });
  };
  /** The session's point in the coordinates of a series; null where there is none, or none that is linked. */
  const pointFor = (series: Series): LpsMm | null => {
    const { point } = session.getState();
    if (point === null || owner === null || owner.point !== point) return point;
    const by = offset(owner.series, series);
    return by === null ? null : add(point, by);
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
  const leadFrom = (from: Series, point: LpsMm, except: ViewName): Promise<unknown> =>
    Promise.all(
      stacks().flatMap((view) => {
        const to = view.loaded?.series;
        const by = view.name === except || to === undefined ? null : offset(from, to);
        return by === null ? [] : [lead(view, add(point, by))];
      }),
    );
  const stacks = (): View[] => [...views.values()].filter(({ kind }) => kind === 'stack');

  const follow = (view: View): void => {
    const depth = depthOf(view);
    if (depth === null) return;
    const before = lastDepth.get(view.name);
    lastDepth.set(view.name, depth);
    if (led.has(view.name) || before === undefined || Math.abs(before - depth) < 1e-6) return;
    const map = view.map();
    const series = view.loaded?.series;
    if (map?.in !== 'patient' || series === undefined) return;
    const carried = carriedTo(pointFor(series) ?? map.plane.through, map.plane.through, map.plane.normal);
    setPoint(carried, series);
    if (view.kind === 'stack' && session.getState().linking) void leadFrom(series, carried, view.name);
  };

  /** A picture that comes beside others of its place opens there. */
  const join = (view: View): void => {
    const series = view.loaded?.series;
    if (view.kind !== 'stack' || series === undefined || !session.getState().linking) return;
    for (const other of stacks()) {
      const map = other === view ? undefined : other.map();
      const from = other.loaded?.series;
      const by = from === undefined ? null : offset(from, series);
      if (map?.in !== 'patient' || from === undefined || by === null) continue;
      const point = carriedTo(pointFor(from) ?? map.plane.through, map.plane.through, map.plane.normal);
      void lead(view, add(point, by));
      return;
    }
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
      join(view);
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
    async goTo(point, except, on) {
      const { active, linking, series: all } = session.getState();
      const of = on === undefined ? undefined : all.find((one) => isOf(one, on));
      const from = of ?? (on === undefined ? views.get(except ?? active ?? 'Stack')?.loaded?.series : undefined);
      setPoint(point, from);
      await Promise.all(
        [...views.values()].flatMap((view) => {
          const to = view.loaded?.series;
          if (view.name === except || !isLed(view)) return [];
          // A hand's move of one picture leads other stacks only where they are linked; a place asked for leads all.
          if (view.kind === 'stack' && except !== undefined && !linking) return [];
          const by = from === undefined || to === undefined ? ([0, 0, 0] as const) : offset(from, to);
          return by === null ? [] : [lead(view, add(point, by))];
        }),
      );
    },
    async align() {
      const [first] = this.places();
      const view = first === undefined ? undefined : stacks().find(({ loaded }) => loaded?.series === first.series);
      const map = view?.map();
      if (first === undefined || view === undefined || map?.in !== 'patient') return;
      const point = carriedTo(pointFor(first.series) ?? first.middle, first.middle, map.plane.normal);
      setPoint(point, first.series);
      await leadFrom(first.series, point, view.name);
    },
    places() {
      const { active } = session.getState();
      return stacks()
        .toSorted((a, b) => Number(b.name === active) - Number(a.name === active))
        .flatMap((view): readonly ShownPlace[] => {
          const map = view.map();
          const series = view.loaded?.series;
          return map?.in !== 'patient' || series === undefined ? [] : [{ series, middle: map.plane.through }];
        });
    },
  };
}

function isOf(series: Series, on: PointSpace): boolean {
  return on.frameOfReferenceUID === null
    ? series.seriesInstanceUID === on.seriesInstanceUID
    : series.frameOfReferenceUID === on.frameOfReferenceUID;
}

/** 3D shows all at once; the views along a line follow their own place on it (alongLine.ts). */
function isLed({ kind }: View): boolean {
  return kind !== 'volume' && kind !== 'curved' && kind !== 'section';
}

/** Where the view's plane stands along its own normal, mm; null for pictures without a place in the patient. */
function depthOf(view: View): number | null {
  if (!isLed(view)) return null;
  const map = view.map();
  return map?.in === 'patient' && !map.projection ? dot(map.plane.through, map.plane.normal) : null;
}
