import type { Desk } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { linePress, type LinePress } from './linePress.ts';

const reachPx = 5;
const stillPx = 3;

/**
 * What a hand does to the curved view beside the engine's own navigation: a click brings everything to its place along the vessel, and
 * the line that stands for the cross-section is dragged, as are the marks that may be. Marks and an armed tool have the first word.
 */
export function attachAlongHands(desk: Desk, name: ViewName, section: HTMLElement): () => void {
  if (name !== 'Curved') return () => undefined;
  const ending = new AbortController();
  const { signal } = ending;
  const { views, along, tool } = desk;
  let pressed: { readonly id: number; readonly x: number; readonly y: number } | null = null;
  let held: LinePress | null = null;

  const xOf = (event: MouseEvent): number =>
    event.clientX - (views.get(name)?.element ?? section).getBoundingClientRect().left;
  const inPicture = (event: Event): boolean =>
    event.target instanceof Element &&
    event.target.closest('[data-control]') === null &&
    !(event.target instanceof SVGElement && !(event.target instanceof SVGSVGElement));
  /** What a press there holds; null: nothing, it is the engine's. */
  const gripAt = (event: MouseEvent): LinePress | null => {
    const view = views.get(name);
    if (view?.along?.lengthMm === undefined || view.along.lengthMm === null) return null;
    const press = linePress(desk, view, xOf(event));
    const onPlace = Math.abs(xOf(event) - view.along.canvasX(along.positionMm())) <= reachPx;
    return press.marker !== null || onPlace ? press : null;
  };

  section.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || tool.getState().state !== 'idle' || !inPicture(event)) return;
      pressed = { id: event.pointerId, x: event.clientX, y: event.clientY };
      held = gripAt(event);
      if (held === null) return;
      // The engine must not see this press: it would change the window.
      event.stopPropagation();
      section.focus({ preventScroll: true });
      section.setPointerCapture(event.pointerId);
    },
    { signal, capture: true },
  );
  section.addEventListener(
    'pointermove',
    (event) => {
      if (pressed?.id === event.pointerId) held?.move(xOf(event));
      else if (event.buttons === 0)
        section.toggleAttribute(
          'data-near-line',
          tool.getState().state === 'idle' && inPicture(event) && gripAt(event) !== null,
        );
    },
    { signal },
  );
  section.addEventListener(
    'pointerup',
    (event) => {
      const [from, grip] = [pressed, held];
      [pressed, held] = [null, null];
      if (grip !== null) return grip.end();
      if (from === null || tool.getState().state !== 'idle') return;
      const view = views.get(name);
      const still = Math.hypot(event.clientX - from.x, event.clientY - from.y) <= stillPx;
      if (still && view?.along !== undefined) along.move(view.along.positionAt(xOf(event)), name);
    },
    { signal },
  );
  section.addEventListener(
    'pointercancel',
    () => {
      held?.cancel();
      [pressed, held] = [null, null];
    },
    { signal },
  );
  return () => ending.abort();
}
