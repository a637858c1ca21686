import type { Vec2 } from '../../src/geometry/index.ts';
import type { Desk } from '../actions/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';
import { tellPoint } from './underPoint.ts';

const arrows: Readonly<Record<string, Vec2>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const fast = 10;

/**
 * Placing by keys alone: while a tool is armed the arrow keys move a cross over the view (one pixel of the image, ten
 * with Shift), Enter sets a point there, and Enter once more ends an item of any number of points. What lies under the
 * cross is said to screen readers. The mouse takes over as soon as it moves.
 */
export function attachKeyCursor(desk: Desk, name: ViewName, section: HTMLElement): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const cross = document.createElement('div');
  cross.className = 'key-cursor';
  cross.ariaHidden = 'true';
  const said = document.createElement('p');
  said.className = 'unseen';
  said.setAttribute('role', 'status');
  /** CSS px in the view's element; null: not shown. */
  let at: Vec2 | null = null;
  let setHere = false;

  const hide = (): void => {
    if (at === null) return;
    at = null;
    setHere = false;
    cross.remove();
    said.textContent = '';
  };
  const show = (view: View, to: Vec2): void => {
    const { clientWidth, clientHeight } = view.element;
    at = [Math.min(clientWidth - 1, Math.max(0, to[0])), Math.min(clientHeight - 1, Math.max(0, to[1]))];
    setHere = false;
    cross.style.translate = `${at[0]}px ${at[1]}px`;
    if (!cross.isConnected) section.append(cross, said);
    said.textContent = tellPoint(desk, name, at);
    desk.tool.pointAt(name, at, 'hover');
  };

  section.addEventListener(
    'keydown',
    (event) => {
      const view = desk.views.get(name);
      if (event.target !== section || event.ctrlKey || event.altKey || event.metaKey) return;
      if (view === undefined || view.kind === 'volume' || desk.tool.getState().state !== 'placing') return;
      const direction = arrows[event.key];
      if (direction !== undefined) {
        const step = pixelPx(view) * (event.shiftKey ? fast : 1);
        const from = at ?? beginAt(desk, view);
        show(view, at === null ? from : [from[0] + direction[0] * step, from[1] + direction[1] * step]);
      } else if (event.key === 'Enter' && at !== null) {
        if (setHere) desk.tool.confirm();
        else setHere = desk.tool.pointAt(name, at, 'click');
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  section.addEventListener('pointermove', hide, { signal, capture: true });
  const stop = desk.tool.subscribe(({ state }) => {
    if (state !== 'placing') hide();
  });
  return () => {
    stop();
    ending.abort();
    hide();
  };
}

/** The linked point where it lies in the picture, else its middle. */
function beginAt(desk: Desk, view: View): Vec2 {
  const { clientWidth, clientHeight } = view.element;
  const { point } = desk.session.getState();
  const map = view.map();
  const place = point === null || map === undefined || view.kind !== 'mpr' ? null : placeOnCanvas(map, point);
  const inside = place !== null && place[0] >= 0 && place[1] >= 0 && place[0] < clientWidth && place[1] < clientHeight;
  return inside ? place : [clientWidth / 2, clientHeight / 2];
}

/** One pixel of the image in CSS px; in planes of a volume the finest distance of its voxels. */
function pixelPx(view: View): number {
  const map = view.map();
  if (map === undefined) return 1;
  if (map.in === 'image') return Math.hypot(map.toCanvas[0], map.toCanvas[3]);
  const { volume, pixelSpacing } = view.loaded?.series ?? {};
  const mm = volume ? Math.min(...volume.spacing) : (pixelSpacing?.mm[1] ?? 1);
  return mm / map.millimetresPerPixel;
}
