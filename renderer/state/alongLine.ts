import type { LpsMm, Vec2 } from '../../src/geometry/index.ts';
import type { EvaluatedItem } from '../../src/measurements/index.ts';
import type { PatientSpace, PlanItem, RecordId } from '../../src/plan/index.ts';
import { itemsInOrder } from '../../src/plan/index.ts';
import type { LoadedSeries, View, ViewName } from '../cornerstone/types.ts';
import { nearestPosition, planeAt, reachMm, shownLine } from '../curved/index.ts';
import type { LinePort, ShownLine } from '../curved/index.ts';
import type { PlanStore } from './planStore.types.ts';
import type { SessionStore } from './sessionStore.ts';
import type { SessionViews } from './sessionViews.ts';

/** The followed line that the window shows, and the place on it: what curved view, cross-section, plot and planes share. */
export interface AlongStore extends LinePort {
  /** The item whose line it is; null: none. */
  shown(): { readonly id: RecordId; readonly item: PlanItem; readonly line: ShownLine } | null;
  /** Brings everything to a place of the line; `by`: the view that is there already. */
  move(positionMm: number, by?: ViewName): void;
  /** A mark on the line that a hand holds, and where; kept until the numbers of its new place are there. */
  marking(): Marking | null;
  setMarking(marking: Marking | null): void;
  /** The wall at the present place while a hand pulls it, mm along u and v of its section; kept likewise. */
  heldWall(): readonly Vec2[] | null;
  setHeldWall(wall: readonly Vec2[] | null): void;
}
export interface Marking {
  readonly handle: string;
  readonly positionMm: number;
}

/** A point so near to the line counts as on it: this, or one and a half times the lumen's radius there, mm. */
const nearMm = 5;
const nearRadii = 1.5;

/**
 * The line of the selected item, of the one selected before, or of the first that has one. The place follows the linked point where that
 * comes near, so whatever moves the planes moves it too; moving it moves the planes.
 */
export function createAlongStore(session: SessionStore, plan: PlanStore, views: SessionViews): AlongStore {
  const listeners = new Set<() => void>();
  const windowListeners = new Set<() => void>();
  const made = new WeakMap<NonNullable<EvaluatedItem['sections']>, ShownLine>();
  let shownId: RecordId | null = null;
  let line: ShownLine | null = null;
  let item: PlanItem | null = null;
  let positionMm = 0;
  /** Its line is shown before its numbers are: where it is narrowest is still to come. */
  let unsettled = false;
  let marking: Marking | null = null;
  let wall: readonly Vec2[] | null = null;
  /** Set by `move`: the point it gives the planes is on the line already. */
  let moving = false;

  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const lineOf = (id: RecordId | null): ShownLine | null => {
    if (id === null) return null;
    const { results, plan: document } = plan.getState();
    const sections = document.records[id]?.type === 'item' ? results[id]?.sections : undefined;
    if (sections === undefined) return null;
    const known = made.get(sections);
    if (known !== undefined) return known;
    const fresh = shownLine(id, sections);
    if (fresh === undefined) return null;
    made.set(sections, fresh);
    return fresh;
  };

  /** Of a path that is mended the same place is kept, by its point; of another line the narrowest place or the middle. */
  const placeOn = (next: ShownLine, before: LpsMm | null): number =>
    before !== null ? nearestPosition(next, before).positionMm : (narrowestOf(next.id) ?? next.lengthMm / 2);
  const narrowestOf = (id: RecordId): number | null => {
    const narrowest = plan.getState().results[id]?.results['minimumPosition'];
    const value = narrowest !== undefined && 'value' in narrowest ? narrowest.value : null;
    return typeof value === 'number' ? value : null;
  };
  const look = (): void => {
    const { selection } = session.getState();
    const { plan: document } = plan.getState();
    const first = (): RecordId | null => itemsInOrder(document).find(([id]) => lineOf(id) !== null)?.[0] ?? null;
    const id = [selection, shownId].find((one) => lineOf(one) !== null) ?? first();
    const next = lineOf(id);
    const record = id === null ? undefined : document.records[id];
    const nextItem = record?.type === 'item' ? record : null;
    if (next === line && nextItem === item) return;
    if (next !== null && next !== line) {
      const same = id === shownId && line !== null && !(unsettled && narrowestOf(next.id) !== null);
      const before = same && line !== null ? planeAt(line, positionMm).at : null;
      positionMm = placeOn(next, before);
    }
    const known = next !== null && !plan.getState().stale.has(next.id);
    const isNew = known && (id !== shownId || unsettled) && id === selection;
    unsettled = next !== null && !known && (id !== shownId || unsettled);
    if (next !== line) [marking, wall] = [null, null];
    [line, item, shownId] = [next, nextItem, id];
    changed();
    // What was just placed or chosen is shown where it matters most.
    if (isNew && session.getState().layout === 'vessel') store.move(positionMm);
  };

  const followPoint = (point: LpsMm | null): void => {
    if (moving || point === null || line === null) return;
    const { positionMm: near, distanceMm, index } = nearestPosition(line, point);
    const here = line.sections[index];
    const radius = here === undefined ? 0 : reachMm(here);
    if (distanceMm > Math.max(nearMm, nearRadii * radius) || Math.abs(near - positionMm) < 1e-6) return;
    positionMm = near;
    unsettled = false;
    changed();
  };

  const leadOf = (loaded: LoadedSeries): View | undefined =>
    views.all().find((view) => view.kind === 'mpr' && view.loaded === loaded);
  let windows = '';
  const watched = new Set<View>();
  const lookAtWindows = (): void => {
    const now = views
      .all()
      .filter(({ kind }) => kind === 'mpr')
      .map((view) => {
        const { seriesKey, window, windowName, inverted } = view.state();
        return [seriesKey, window?.centre, window?.width, windowName, inverted].join(' ');
      })
      .join('|');
    if (now === windows) return;
    windows = now;
    for (const listener of [...windowListeners]) listener();
  };

  const store: AlongStore = {
    line: (loaded) => {
      const on = item?.on;
      return on !== undefined && isOn(on, loaded) ? line : null;
    },
    shown: () => (line === null || item === null || shownId === null ? null : { id: shownId, item, line }),
    positionMm: () => positionMm,
    move(to, by) {
      if (line === null || item?.on.in !== 'patient') return;
      positionMm = Math.min(line.lengthMm, Math.max(0, to));
      wall = null;
      unsettled = false;
      const { at } = planeAt(line, positionMm);
      changed();
      moving = true;
      void views.goTo(at, by, item.on);
      moving = false;
    },
    heldWall: () => wall,
    setHeldWall(next) {
      wall = next;
      changed();
    },
    marking: () => marking,
    setMarking(next) {
      marking = next;
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lead: leadOf,
    onWindow(listener) {
      windowListeners.add(listener);
      return () => windowListeners.delete(listener);
    },
  };
  plan.subscribe(look);
  session.subscribe((now, before) => {
    if (now.selection !== before.selection) look();
    if (now.point !== before.point) followPoint(now.point);
  });
  views.onChange(() => {
    for (const view of views.all()) {
      if (view.kind !== 'mpr' || watched.has(view)) continue;
      watched.add(view);
      view.onDrawn(lookAtWindows);
    }
    for (const gone of [...watched].filter((view) => !views.all().includes(view))) watched.delete(gone);
    lookAtWindows();
  });
  return store;
}

function isOn(on: PlanItem['on'], { series }: LoadedSeries): boolean {
  const space: PatientSpace | null = on.in === 'patient' ? on : null;
  return space !== null && space.seriesInstanceUID === series.seriesInstanceUID && space.part === series.part;
}
