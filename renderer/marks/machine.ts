import { isLps } from '../../src/geometry/index.ts';
import type { Point, Shape, Vec3 } from '../../src/geometry/index.ts';
import type { Answers, Draft, MeasurementKind } from '../../src/measurements/index.ts';
import { PlanFault } from '../../src/plan/index.ts';
import type { Edit, Gesture, PlanItem, RecordId, Space } from '../../src/plan/index.ts';
import { withDepth, withSeries } from './pointOrigin.ts';
import type { Depth } from './pointOrigin.ts';
import { otherSpaceSentence, mayJoin } from './space.ts';
import type { Asking, MarksPort, ToolState } from './types.ts';

/** Where the hand is: a point of the view's space. `normal`: the view's plane; `projected`: the 3D view, which has no depth. */
export interface Place {
  readonly on: Space;
  readonly point: Point;
  readonly normal?: Vec3 | undefined;
  /** Unit vector to the right on screen. */
  readonly right?: Vec3 | undefined;
  readonly projected?: boolean;
  /** How the point's depth was found, where the view shows a thick slab. */
  readonly depth?: Depth | undefined;
}

/** What is half done, drawn in every view of its space. */
export interface Preview {
  readonly on: Space;
  readonly shapes: readonly Shape[];
  /** The points clicked so far. */
  readonly points: readonly Point[];
}

interface Placing {
  readonly kind: MeasurementKind;
  readonly sticky: boolean;
  readonly on: Space | undefined;
  readonly normal: Vec3 | undefined;
  readonly right: Vec3 | undefined;
  readonly points: readonly Point[];
  /** Beside each point: how its depth was found, and where it was set. */
  readonly origins: readonly Origin[];
  readonly hover: Point | undefined;
  readonly refusal: string | undefined;
  /** All points are set; the kind's form is to be answered. */
  readonly asking: boolean;
}
interface Origin {
  readonly depth: Depth | undefined;
  readonly on: Space;
}
interface Dragging {
  readonly id: RecordId;
  readonly handle: string;
  readonly item: PlanItem;
  readonly kind: MeasurementKind;
  readonly gesture: Gesture;
}

/** mm or pixels; the same place seen through a map made anew. */
const samePlace = 1e-6;

/** The last press that moved a handle, and the entry it is part of. */
interface Nudged {
  readonly id: RecordId;
  readonly handle: string;
  readonly atMs: number;
  readonly edit: Edit | undefined;
}
const nudgeRunMs = 1000;

/** The tool without screen or mouse: idle, placing a step, dragging a handle. */
export interface Machine {
  getState(): ToolState;
  subscribe(listener: (state: ToolState) => void): () => void;
  /** Called whenever something to draw has changed: state, draft, hover. */
  onMoved(listener: () => void): void;
  arm(kind: MeasurementKind, options?: { readonly sticky?: boolean }): void;
  escape(): boolean;
  confirm(): void;
  /** Sets the next point. Returns whether it was taken. */
  click(place: Place): boolean;
  /** Enter at a place: sets the next point, or ends the item where the last point was set there. Returns whether it was taken. */
  enter(place: Place): boolean;
  /** Takes the last point back. Returns false where none is set. */
  takeBack(): boolean;
  hover(place: Place | undefined): void;
  /** What is asked in a form when all points are set. */
  asking(): Asking | undefined;
  /** Ends the item with the form's answers. Returns a sentence where they make none. */
  answer(answers: Answers): string | undefined;
  preview(): Preview | undefined;
  grab(id: RecordId, handle: string): boolean;
  /**
   * `depth`: how it was found in a thick slab; null: the point lies in a thin plane; undefined: it keeps its depth.
   * `on`: the space of the view the hand is in.
   */
  drag(to: Point, depth?: Depth | null, on?: Space): void;
  drop(): void;
  /** One point more on a finished item, where its kind has them. Returns whether there was room for it. */
  addPoint(id: RecordId, at: Point, how: 'within' | 'beyond'): boolean;
  /** Moves a handle at once. Presses that follow within a second are one entry of the history. `atMs`: of any one clock. */
  nudge(id: RecordId, handle: string, to: Point, atMs: number, on?: Space): void;
}

export function createMachine(port: MarksPort): Machine {
  let placing: Placing | undefined;
  let dragging: Dragging | undefined;
  let nudged: Nudged | undefined;
  let told: ToolState = { state: 'idle' };
  const listeners = new Set<(state: ToolState) => void>();
  const moved = new Set<() => void>();

  function stateNow(): ToolState {
    if (dragging) return { state: 'dragging', id: dragging.id, handle: dragging.handle };
    if (!placing) return { state: 'idle' };
    const { kind, points, refusal, sticky, asking } = placing;
    if (asking) return { state: 'asking', kind: kind.name };
    const step = Math.min(points.length, kind.steps.length - 1);
    const { asks = kind.title, optional = false } = kind.steps[step] ?? {};
    const asksNow = optional && !/\benter\b/i.test(asks) ? `${asks}, or press Enter to finish` : asks;
    return {
      state: 'placing',
      kind: kind.name,
      tool: kind.tool.name,
      step,
      set: points.length,
      asks: refusal ? `${refusal} ${asksNow}` : asksNow,
      sticky,
    };
  }
  function changed(): void {
    const now = stateNow();
    if (JSON.stringify(now) !== JSON.stringify(told)) {
      told = now;
      for (const listener of [...listeners]) listener(now);
    }
    for (const listener of moved) listener();
  }

  function draftOf(from: Placing, on: Space, points: readonly Point[], answers?: Answers): Draft {
    return {
      on,
      points,
      ...(from.normal ? { view: { normal: from.normal, ...(from.right ? { right: from.right } : {}) } } : {}),
      others: port.records(),
      label: port.nextLabel(from.kind),
      order: port.nextOrder(),
      side: null,
      ...(answers ? { answers } : {}),
    };
  }
  function afresh({ kind, sticky }: { readonly kind: MeasurementKind; readonly sticky: boolean }): Placing {
    const nothing = { on: undefined, normal: undefined, right: undefined, hover: undefined, refusal: undefined };
    return { kind, sticky, points: [], origins: [], asking: false, ...nothing };
  }
  function refuse(refusal: string): boolean {
    if (placing) placing = { ...placing, refusal };
    changed();
    return false;
  }
  /** Takes the points; the finished item goes to the plan as one entry. Returns a sentence where the kind refuses them. */
  function take(next: Placing, on: Space, confirmed: boolean, answers?: Answers): string | undefined {
    if (
      next.kind.form !== undefined &&
      next.kind.form.afterwards !== true &&
      answers === undefined &&
      next.points.length >= next.kind.steps.length
    ) {
      const [p, q] = next.points;
      if (p !== undefined && q !== undefined && p.every((value, i) => value === q[i]))
        return `This does not make ${aKind(next.kind)}: click another place.`;
      placing = { ...next, asking: true, hover: undefined };
      return undefined;
    }
    const draft = draftOf(next, on, next.points, answers);
    let item: PlanItem | undefined;
    try {
      item = next.kind.finish(draft, confirmed);
    } catch (thrown) {
      if (answers !== undefined && thrown instanceof PlanFault) return `${thrown.say}.`;
      return `This does not make ${aKind(next.kind)}: ${thrown instanceof Error ? thrown.message : String(thrown)}.`;
    }
    if (!item) {
      const { steps } = next.kind;
      const last = steps.at(-1);
      if (!confirmed && next.points.length >= steps.length && !last?.optional)
        return `This does not make ${aKind(next.kind)}: click another place.`;
      placing = next;
      return undefined;
    }
    placing = next.sticky ? afresh(next) : undefined;
    const id = port.newId();
    const gesture = port.gesture(`Place ${item.label}`);
    gesture.put(id, withOrigins(item, next));
    if (gesture.commit()) port.select(id);
    return undefined;
  }

  /**
   * What the points make so far: as if the steps still needed were all clicked under the pointer, so that a half-placed
   * item looks like the whole one; a line through the points where the kind makes nothing of that.
   */
  function draftShapes(from: Placing, on: Space, points: readonly Point[]): readonly Shape[] {
    const last = points.at(-1);
    const draft = draftOf(from, on, points);
    const filled: Point[] = [...points];
    while (last && filled.length <= Math.max(points.length, from.kind.steps.length)) {
      try {
        const item = from.kind.finish({ ...draft, points: [...filled] }, true);
        if (item) return from.kind.shapes(item);
      } catch {
        // Points in one place may make no item; more of them might.
      }
      filled.push(last);
    }
    return [{ type: 'polyline', points, role: 'main' }];
  }

  function cancelDrag(): boolean {
    if (!dragging) return false;
    const { gesture } = dragging;
    dragging = undefined;
    gesture.cancel();
    return true;
  }
  function itemOf(id: RecordId): ReturnType<MarksPort['items']>[number] | undefined {
    const entry = port.items().find((candidate) => candidate.id === id);
    return entry && !entry.item.locked && !port.readOnly() ? entry : undefined;
  }

  /** What only waits for points that may be left out is an item already: another tool takes nothing away. Escape does. */
  function keepComplete(): void {
    if (placing?.on === undefined || placing.asking || placing.kind.form !== undefined) return;
    if (
      placing.kind.steps[placing.points.length]?.optional === true ||
      placing.points.length >= placing.kind.steps.length
    )
      take(placing, placing.on, true);
  }

  const machine: Machine = {
    getState: stateNow,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onMoved: (listener) => void moved.add(listener),
    arm(kind, { sticky = false } = {}) {
      cancelDrag();
      keepComplete();
      placing = port.readOnly() ? undefined : afresh({ kind, sticky });
      changed();
    },
    escape() {
      const had = cancelDrag() || placing !== undefined;
      placing = undefined;
      changed();
      return had;
    },
    confirm() {
      if (!placing?.on || placing.asking) return;
      const why = take(placing, placing.on, true);
      if (why) refuse(why);
      else changed();
    },
    click(place) {
      if (!placing || placing.asking) return false;
      if (place.projected) return refuse('The 3D view has no depth under the pointer: click in a slice view.');
      if (placing.on && !mayJoin(placing.on, place.on)) return refuse(otherSpaceSentence(placing.on, place.on));
      const before = placing.points.at(-1);
      // The second press of a double click.
      if (before && before.every((number, i) => number === place.point[i]))
        return refuse('That is the point you have just set.');
      const { kind } = placing;
      if (!kind.tool.spaces.includes(place.on.in)) {
        const where =
          place.on.in === 'image' ? 'a single image: it needs a volume' : 'a volume: it needs a single image';
        return refuse(`${kind.tool.name} cannot be placed on ${where}.`);
      }
      const on = placing.on ?? place.on;
      const { normal, right } = placing.on ? placing : place;
      const points = [...placing.points, place.point];
      const origins = [...placing.origins, { depth: place.depth, on: place.on }];
      const why = take({ ...placing, on, normal, right, points, origins, refusal: undefined }, on, false);
      if (why) return refuse(why);
      changed();
      if (isLps(place.point)) port.follow?.(place.point);
      return true;
    },
    enter(place) {
      const last = placing?.points.at(-1);
      const stands =
        placing?.on !== undefined &&
        !place.projected &&
        mayJoin(placing.on, place.on) &&
        last?.every((number, i) => Math.abs(number - (place.point[i] ?? Infinity)) <= samePlace) === true;
      if (!stands) return machine.click(place);
      machine.confirm();
      return true;
    },
    takeBack() {
      if (!placing || placing.points.length === 0) return false;
      const points = placing.points.slice(0, -1);
      const origins = placing.origins.slice(0, -1);
      // The space is the first point's: without it the item may begin elsewhere.
      const from = points.length > 0 ? placing : afresh(placing);
      placing = { ...from, points, origins, hover: placing.hover, refusal: undefined, asking: false };
      changed();
      return true;
    },
    hover(place) {
      if (!placing) return;
      const fits = place && !place.projected && placing.on && mayJoin(placing.on, place.on);
      placing = { ...placing, hover: fits ? place.point : undefined };
      changed();
    },
    asking() {
      if (!placing?.asking || !placing.on) return undefined;
      const { kind, on, points } = placing;
      return { kind, on, points };
    },
    answer(answers) {
      if (!placing?.asking || !placing.on) return undefined;
      const why = take(placing, placing.on, true, answers);
      changed();
      return why;
    },
    preview() {
      if (!placing?.on) return undefined;
      const { on, points, hover } = placing;
      const reached = hover ? [...points, hover] : points;
      return { on, shapes: draftShapes(placing, on, reached), points };
    },
    grab(id, handle) {
      const entry = itemOf(id);
      const at = entry && handleOf(entry.kind, entry.item, handle);
      if (!entry || !at || placing) return false;
      cancelDrag();
      const gesture = port.gesture(`Move ${at.title.toLowerCase()} of ${entry.item.label}`);
      dragging = { id, handle, gesture, item: entry.item, kind: entry.kind };
      port.select(id);
      changed();
      if (at.at && isLps(at.at)) port.follow?.(at.at);
      return true;
    },
    drag(to, depth, from) {
      if (!dragging) return;
      const { id, handle, item, kind, gesture } = dragging;
      if (!(id in port.records())) {
        cancelDrag();
        return changed();
      }
      // From the item as it was grabbed: the way the hand took does not matter, only where it is.
      const next = moveHandle(kind, item, handle, to);
      if (next) {
        const deep = depth === undefined ? next : withDepth(next, handle, depth);
        gesture.put(id, from === undefined ? deep : withSeries(deep, handle, from));
      }
      changed();
    },
    drop() {
      if (!dragging) return;
      const { gesture } = dragging;
      dragging = undefined;
      gesture.commit();
      changed();
    },
    addPoint(id, at, how) {
      const entry = itemOf(id);
      if (!entry?.kind.addPoint || placing || dragging) return false;
      const { item, kind, computed } = entry;
      const next = kind.addPoint?.(item, at, how, computed);
      if (next === undefined) return false;
      const gesture = port.gesture(`Add a point to ${item.label}`);
      gesture.put(id, next);
      gesture.commit();
      const added = kind.handles(next).find(({ at: point }) => !kind.handles(item).some((old) => same(old.at, point)));
      if (added !== undefined && isLps(added.at)) port.follow?.(added.at);
      return true;
    },
    nudge(id, handle, to, atMs, from) {
      const entry = itemOf(id);
      if (!entry || dragging || placing) return;
      const next = moveHandle(entry.kind, entry.item, handle, to);
      if (!next) return;
      const title = handleOf(entry.kind, entry.item, handle)?.title ?? handle;
      const goesOn = nudged?.id === id && nudged.handle === handle && atMs - nudged.atMs <= nudgeRunMs;
      const gesture = port.gesture(
        `Move ${title.toLowerCase()} of ${entry.item.label}`,
        goesOn ? nudged?.edit : undefined,
      );
      gesture.put(id, from === undefined ? next : withSeries(next, handle, from));
      nudged = { id, handle, atMs, edit: gesture.commit() };
      changed();
    },
  };
  return machine;
}

/** The item with how the depth of each of its points was found and on which series it was set, where that is in question. */
function withOrigins(item: PlanItem, { kind, origins }: Pick<Placing, 'kind' | 'origins'>): PlanItem {
  return origins.reduce((so: PlanItem, { depth, on }, at) => {
    const handle = kind.steps[Math.min(at, kind.steps.length - 1)]?.handle ?? String(at);
    return withSeries(depth === undefined ? so : withDepth(so, handle, depth), handle, on);
  }, item);
}

/** What is moved by that name; `at` only of points of the item, which other views follow. */
function handleOf(
  { handles, wordsHandle }: MeasurementKind,
  item: PlanItem,
  handle: string,
): { readonly title: string; readonly at?: Point } | undefined {
  if (wordsHandle?.name === handle) return { title: wordsHandle.title };
  return handles(item).find(({ name }) => name === handle);
}

/** undefined where the kind refuses the place (a needle without length, say): the handle stays where it last could be. */
function moveHandle(kind: MeasurementKind, item: PlanItem, handle: string, to: Point): PlanItem | undefined {
  try {
    return kind.moveHandle(item, handle, to);
  } catch {
    return undefined;
  }
}

function same(a: Point, b: Point): boolean {
  return a.length === b.length && a.every((number, i) => number === b[i]);
}

function aKind({ title }: MeasurementKind): string {
  return `${/^[aeiou]/i.test(title) ? 'an' : 'a'} ${title.toLowerCase()}`;
}
