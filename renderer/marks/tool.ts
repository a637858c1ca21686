import type { Shape } from '../../src/geometry/index.ts';
import type { EvaluatedItem, Handle } from '../../src/measurements/index.ts';
import type { PlanItem } from '../../src/plan/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { createMachine } from './machine.ts';
import { createOverlay } from './overlay.ts';
import type { Overlay, OverlayPort } from './overlay.ts';
import type { DrawItem } from './overlayDrawing.ts';
import type { Projection } from './projection.ts';
import { createSolidMarks } from './solidMarks.ts';
import { sameSpace } from './space.ts';
import type { CreateTool, MarksPort } from './types.ts';

type Entry = ReturnType<MarksPort['items']>[number];
interface Attached {
  readonly name: ViewName;
  readonly overlay: Overlay;
  readonly refresh: () => void;
  readonly detach: () => void;
}

/** The words of a note; its name where they cannot be read. */
function wordsOf({ item, kind }: Entry): string {
  try {
    return kind.words?.(kind.parse(item)) ?? item.label;
  } catch {
    return item.label;
  }
}

/** Where the words of a note were moved to, and how they are moved on. */
function wordsPlace({ item, kind }: Entry, fixed: boolean): DrawItem['words'] {
  const { wordsHandle } = kind;
  if (wordsHandle === undefined) return undefined;
  const { name, title } = wordsHandle;
  try {
    return { at: wordsHandle.at(kind.parse(item)), handle: fixed ? undefined : { name, title } };
  } catch {
    return undefined;
  }
}

/** A view along an item's line needs not say its name; the plane across shows the line as a point, which the crosshair is. */
function asSubject(item: DrawItem, name: ViewName): DrawItem {
  return { ...item, label: null, shapes: name === 'Cross-section' ? [] : item.shapes };
}

const draftColour = '#ffe066';

/** The one tool: one machine, one overlay a view. It knows items and gestures through the port, views as affine maps. */
export const createTool: CreateTool = (port) => {
  const machine = createMachine(port);
  const attached = new Set<Attached>();
  let hidden = false;
  let frame: number | undefined;

  // Shapes and handles are asked once for one item and result, not once a view and draw.
  const known = new WeakMap<
    PlanItem,
    { computed: EvaluatedItem | undefined; shapes: readonly Shape[]; handles: readonly Handle[] }
  >();
  function geometryOf({ item, kind, computed }: Entry): { shapes: readonly Shape[]; handles: readonly Handle[] } {
    const before = known.get(item);
    if (before && before.computed === computed) return before;
    let made: { computed: EvaluatedItem | undefined; shapes: readonly Shape[]; handles: readonly Handle[] };
    try {
      made = { computed, shapes: kind.shapes(item, computed), handles: kind.handles(item) };
    } catch {
      // A record that its kind cannot read is told in the panel; here it must not take the other marks with it.
      made = { computed, shapes: [], handles: [] };
    }
    known.set(item, made);
    return made;
  }
  const visible = (): readonly Entry[] => (hidden ? [] : port.items().filter(({ item }) => !item.hidden));

  function drawItem(entry: Entry): DrawItem {
    const { id, item, kind, stale, selected, colour } = entry;
    const { shapes, handles } = geometryOf(entry);
    const state = machine.getState();
    const reading = port.reading(id);
    return {
      id,
      shapes,
      handles: item.locked || port.readOnly() ? [] : handles,
      name: item.label,
      label:
        kind.words !== undefined
          ? wordsOf(entry)
          : reading === null
            ? item.label
            : `${item.label}: ${reading}${stale ? ' …' : ''}`,
      colour,
      pointing: kind.words !== undefined,
      words: wordsPlace(entry, item.locked === true || port.readOnly()),
      selected,
      stale,
      dragging: state.state === 'dragging' && state.id === id ? state.handle : undefined,
    };
  }
  function itemsFor(view: Projection, name: ViewName): readonly DrawItem[] {
    const subject = port.subject?.(name) ?? null;
    const items = visible()
      .filter(({ item }) => sameSpace(view.on, item.on))
      .map(drawItem)
      .map((one) => (one.id === subject ? asSubject(one, name) : one));
    const preview = machine.preview();
    if (!preview || view.projected || !sameSpace(view.on, preview.on)) return items;
    const points = preview.points.map((at): Shape => ({ type: 'point', at, role: 'main' }));
    const common = {
      name: 'draft',
      label: null,
      pointing: false,
      words: undefined,
      colour: draftColour,
      selected: false,
      stale: false,
      dragging: undefined,
    };
    return [...items, { id: ' draft', shapes: [...preview.shapes, ...points], handles: [], ...common }];
  }

  function drawNow(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    for (const { overlay, refresh } of attached) {
      overlay.draw();
      refresh();
    }
  }
  machine.onMoved(drawNow);
  port.onChange(() => {
    // Several changes of one moment (a gesture, its answers) are one draw; what the hand moves is drawn at once by `onMoved`.
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      drawNow();
    });
  });
  const overlayPort: OverlayPort = {
    machine,
    itemsFor,
    select: (id) => port.select(id),
    selected: () => port.items().find(({ selected }) => selected)?.id ?? null,
    stepIn({ on }) {
      if (on.in === 'patient') return { unit: 'mm', pixelMm: null };
      const pixelMm = port.pixelMm(on);
      return pixelMm === null ? { unit: 'px' } : { unit: 'mm', pixelMm };
    },
  };

  return {
    getState: () => machine.getState(),
    subscribe: (listener) => machine.subscribe(listener),
    arm: (kind, options) => machine.arm(kind, options),
    escape: () => machine.escape(),
    confirm: () => machine.confirm(),
    takeBack: () => machine.takeBack(),
    asking: () => machine.asking(),
    answer: (answers) => machine.answer(answers),
    attach(view) {
      const overlay = createOverlay(view, overlayPort);
      const solids = view.kind === 'volume' ? createSolidMarks(view) : undefined;
      /** 3D is brought up to date when the hand rests: without a graphics card one picture of it takes seconds. */
      const refresh = (): void => {
        const map = view.map();
        if (!solids || !map || machine.getState().state === 'dragging') return;
        solids.show(
          visible()
            .filter(({ item }) => sameSpace(map.on, item.on))
            .map((entry) => ({ id: entry.id, colour: entry.colour, shapes: geometryOf(entry).shapes })),
        );
      };
      refresh();
      const one: Attached = {
        name: view.name,
        overlay,
        refresh,
        detach() {
          if (!attached.delete(one)) return;
          solids?.end();
          overlay.remove();
        },
      };
      attached.add(one);
      return one.detach;
    },
    markAt: (name, canvas) => [...attached].find((one) => one.name === name)?.overlay.hit(canvas) ?? null,
    pointAt: (name, canvas, how) =>
      [...attached].find((one) => one.name === name)?.overlay.pointAt(canvas, how) ?? false,
    setHidden(next) {
      if (hidden === next) return;
      hidden = next;
      drawNow();
    },
  };
};
