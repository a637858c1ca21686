import { along as onLine, dot, subtract, type LpsMm, type Vec2 } from '../../src/geometry/index.ts';
import type { LineSection } from '../../src/measurements/index.ts';
import { setWall, type Desk } from '../actions/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';
import { planeAt, pulledWall } from '../curved/index.ts';

const reachPx = 6;

interface Grip {
  readonly pointerId: number;
  readonly section: LineSection;
  readonly wall: readonly Vec2[];
  readonly point: number;
  readonly from: Vec2;
  moved: boolean;
}

/** The lumen's contour on the cross-section is pulled by hand: one edit of the item when it is let go. */
export function attachWallHands(desk: Desk, name: ViewName, section: HTMLElement): () => void {
  if (name !== 'Cross-section') return () => undefined;
  const ending = new AbortController();
  const { signal } = ending;
  let grip: Grip | null = null;

  const canvasOf = (event: MouseEvent, { element }: View): Vec2 => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const inPlane = ({ at, u, v }: LineSection, point: LpsMm): Vec2 => {
    const off = subtract(point, at);
    return [dot(off, u), dot(off, v)];
  };
  /** The point of the contour under the pointer. */
  const gripAt = (event: PointerEvent): Grip | null => {
    const view = desk.views.get(name);
    const map = view?.map();
    const shown = desk.along.shown();
    if (view === undefined || map?.in !== 'patient' || shown === null || desk.tool.getState().state !== 'idle')
      return null;
    if (desk.plan.getState().readOnly || shown.item.locked === true || isControl(event.target)) return null;
    const at = shown.line.sections[planeAt(shown.line, desk.along.positionMm()).index];
    const wall = at?.wallMm ?? null;
    if (at === undefined || wall === null) return null;
    const here = canvasOf(event, view);
    const near = wall
      .map(([x, y], point) => {
        const place = placeOnCanvas(map, onLine(onLine(at.at, at.u, x), at.v, y));
        return { point, px: place === null ? Infinity : Math.hypot(place[0] - here[0], place[1] - here[1]) };
      })
      .toSorted((a, b) => a.px - b.px)[0];
    if (near === undefined || near.px > reachPx) return null;
    const from = inPlane(at, map.toPoint(here));
    return { pointerId: event.pointerId, section: at, wall, point: near.point, from, moved: false };
  };

  section.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || isMark(event.target)) return;
      grip = gripAt(event);
      if (grip === null) return;
      // The engine must not see this press: it would change the window.
      event.stopPropagation();
      section.setPointerCapture(event.pointerId);
    },
    { signal, capture: true },
  );
  section.addEventListener(
    'pointermove',
    (event) => {
      if (grip === null) {
        if (event.buttons === 0) section.toggleAttribute('data-near-wall', gripAt(event) !== null);
        return;
      }
      const view = desk.views.get(name);
      const map = view?.map();
      if (event.pointerId !== grip.pointerId || view === undefined || map?.in !== 'patient') return;
      const [x, y] = inPlane(grip.section, map.toPoint(canvasOf(event, view)));
      grip.moved = true;
      desk.along.setHeldWall(pulledWall(grip.wall, grip.point, [x - grip.from[0], y - grip.from[1]]));
    },
    { signal },
  );
  const end = (): void => {
    const wall = desk.along.heldWall();
    if (grip?.moved === true && wall !== null) setWall(desk, grip.section, wall);
    else desk.along.setHeldWall(null);
    grip = null;
  };
  section.addEventListener('pointerup', () => grip !== null && end(), { signal });
  section.addEventListener(
    'pointercancel',
    () => {
      grip = null;
      desk.along.setHeldWall(null);
    },
    { signal },
  );
  return () => ending.abort();
}

function isMark(target: EventTarget | null): boolean {
  return target instanceof SVGElement && !(target instanceof SVGSVGElement);
}
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-control]') !== null;
}
