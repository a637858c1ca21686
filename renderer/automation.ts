import { isLps, type Point, type Vec3 } from '../src/geometry/index.ts';
import type { EvaluatedItem } from '../src/measurements/index.ts';
import { itemsInOrder, type Plan } from '../src/plan/index.ts';
import { showSeries, type Desk } from './actions/index.ts';
import { placeOnCanvas } from './cornerstone/index.ts';
import type { View, ViewKind, ViewName } from './cornerstone/types.ts';
import { isLayout, layouts } from './state/index.ts';

export interface AutomationViewport {
  readonly name: string;
  readonly kind: ViewKind;
  readonly seriesInstanceUID: string | null;
  readonly frame: number | null;
  readonly index: number;
  readonly count: number;
  readonly position: readonly [number, number, number] | null;
  readonly rendered: boolean;
  readonly framesPainted: number;
  readonly complete: boolean;
  /** What of a thick slab a plane shows, or null. */
  readonly slab: { readonly mode: string; readonly mm: number } | null;
  /** Unit vectors to the right and down on screen, LPS; null for pictures without a place in the patient. */
  readonly orientation: { readonly right: Vec3; readonly down: Vec3 } | null;
}
export interface AutomationState {
  readonly ready: boolean;
  readonly series: readonly {
    readonly seriesInstanceUID: string;
    readonly part: string | null;
    readonly loaded: number;
    readonly frames: number;
  }[];
  readonly layout: string;
  readonly viewports: readonly AutomationViewport[];
  readonly plan: Plan;
  readonly results: readonly EvaluatedItem[];
}
/** For tests and benchmarks: it tells positions and opens series; hands do the rest. The contract gives its shape. */
export interface Automation {
  state(): AutomationState;
  open(seriesInstanceUID: string, how: { readonly layout: string; readonly part?: string | null }): Promise<void>;
  toPage(viewport: string, point: readonly number[]): { readonly x: number; readonly y: number };
  toPoint(viewport: string, place: { readonly x: number; readonly y: number }): readonly number[];
  go(
    viewport: string,
    to: { readonly index: number } | { readonly frame: number } | { readonly point: readonly [number, number, number] },
  ): Promise<void>;
}
declare global {
  interface Window {
    seldingerAutomation?: Automation;
  }
}

/** @param painted  whether the window has been painted once */
export function createAutomation(desk: Desk, painted: () => boolean): Automation {
  const viewNamed = (name: string): View => {
    const view = desk.views.all().find((one) => one.name === name);
    if (view === undefined) throw new Error(`There is no picture in a viewport named "${name}".`);
    return view;
  };
  return {
    state() {
      const session = desk.session.getState();
      const plan = desk.plan.getState();
      return {
        ready: painted() && session.launched,
        series: session.series.map(({ key, seriesInstanceUID, part, frames }) => ({
          seriesInstanceUID,
          part,
          loaded: desk.pixels.get(key)?.landed ?? 0,
          frames: frames.length,
        })),
        layout: session.layout,
        viewports: layouts[session.layout].views.map((name) => viewportState(desk, name)),
        plan: plan.plan,
        // Numbers that are being computed anew are not told: a reader waits for the right ones.
        results: itemsInOrder(plan.plan).flatMap(([id]) => {
          const computed = plan.results[id];
          if (computed === undefined || plan.stale.has(id)) return [];
          const { sections: _seen, ...told } = computed;
          return [told];
        }),
      };
    },
    async open(seriesInstanceUID, { layout, part }) {
      const series = desk.session
        .getState()
        .series.find((one) => one.seriesInstanceUID === seriesInstanceUID && (part === undefined || one.part === part));
      if (series === undefined) throw new Error(`The series ${seriesInstanceUID} is not open.`);
      if (!isLayout(layout)) throw new Error(`There is no layout "${layout}" yet.`);
      await showSeries(desk, series, { layout, otherPatients: 'close' });
    },
    toPage(viewport, point) {
      const view = viewNamed(viewport);
      const map = view.map();
      if (map === undefined) throw new Error(`The viewport "${viewport}" has no picture yet.`);
      const [a = NaN, b = NaN, c = NaN] = point;
      const at = placeOnCanvas(map, point.length === 3 ? [a, b, c] : [a, b]);
      const wanted = map.in === 'patient' ? 'three numbers (LPS, mm)' : 'two numbers (column, row)';
      if (at === null) throw new Error(`A point of this viewport has ${wanted}.`);
      const box = view.element.getBoundingClientRect();
      return { x: box.left + at[0], y: box.top + at[1] };
    },
    toPoint(viewport, { x, y }) {
      const view = viewNamed(viewport);
      const map = view.map();
      if (map === undefined) throw new Error(`The viewport "${viewport}" has no picture yet.`);
      const box = view.element.getBoundingClientRect();
      const point: Point = map.toPoint([x - box.left, y - box.top]);
      return isLps(point) ? [point[0], point[1], point[2]] : [point[0], point[1]];
    },
    async go(viewport, to) {
      await viewNamed(viewport).go(to);
    },
  };
}

function kindOf(name: ViewName): ViewKind {
  if (name === '3D') return 'volume';
  if (name === 'Curved') return 'curved';
  if (name === 'Cross-section') return 'section';
  return name.startsWith('Stack') ? 'stack' : 'mpr';
}

/** A viewport whose picture is still to come is told too, as not rendered. */
function viewportState(desk: Desk, name: ViewName): AutomationViewport {
  const view = desk.views.get(name);
  if (view === undefined) {
    const kind = kindOf(name);
    return {
      name,
      kind,
      seriesInstanceUID: null,
      frame: null,
      index: 0,
      count: 0,
      position: null,
      rendered: false,
      framesPainted: 0,
      complete: false,
      slab: null,
      orientation: null,
    };
  }
  const { kind, seriesInstanceUID, frame, index, count, position, rendered, framesPainted, complete, slab } =
    view.state();
  const map = view.map();
  const orientation = map?.in === 'patient' ? { right: map.plane.right, down: map.plane.down } : null;
  return {
    name,
    kind,
    seriesInstanceUID,
    frame,
    index,
    count,
    position,
    rendered,
    framesPainted,
    complete,
    slab,
    orientation,
  };
}
