import type { Vec2 } from '../../src/geometry/index.ts';
import type { Desk } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';

/** CSS px. */
const sizePx = 128;
const gapPx = 28;
const times = 4;

/** While a handle is dragged: the picture under it four times as large, beside the hand and never under it. */
export function attachLoupe(desk: Desk, name: ViewName, section: HTMLElement): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const glass = document.createElement('canvas');
  glass.className = 'loupe';
  glass.width = sizePx;
  glass.height = sizePx;
  glass.ariaHidden = 'true';
  let wanted: Vec2 | null = null;
  let frame = 0;

  const draw = (): void => {
    frame = 0;
    const view = desk.views.get(name);
    const pen = glass.getContext('2d');
    if (wanted === null || view === undefined || pen === null || view.kind === 'volume') return;
    const box = view.element.getBoundingClientRect();
    const [x, y] = [wanted[0] - box.left, wanted[1] - box.top];
    pen.imageSmoothingEnabled = false;
    pen.fillStyle = '#000';
    pen.fillRect(0, 0, sizePx, sizePx);
    for (const layer of view.element.querySelectorAll('canvas')) {
      const { left, top, width, height } = layer.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      pen.drawImage(
        layer,
        sizePx / 2 + (left - wanted[0]) * times,
        sizePx / 2 + (top - wanted[1]) * times,
        width * times,
        height * times,
      );
    }
    drawCross(pen);
    const place = placeOf([x, y], [box.width, box.height]);
    if (place === null) return glass.remove();
    glass.style.translate = place.map((px) => `${px}px`).join(' ');
    if (!glass.isConnected) section.append(glass);
  };
  const hide = (): void => {
    wanted = null;
    cancelAnimationFrame(frame);
    frame = 0;
    glass.remove();
  };
  section.addEventListener(
    'pointermove',
    ({ clientX, clientY, target }) => {
      // The words of a note need no aim.
      const words = target instanceof Element && target.closest('.marks-words') !== null;
      if (desk.tool.getState().state !== 'dragging' || words || !desk.settings.getState().loupe) return hide();
      wanted = [clientX, clientY];
      // After the marks have moved.
      if (frame === 0) frame = requestAnimationFrame(draw);
    },
    { signal, capture: true },
  );
  const stop = desk.tool.subscribe(({ state }) => {
    if (state !== 'dragging') hide();
  });
  return () => {
    stop();
    ending.abort();
    hide();
  };
}

/** A cross with a free middle: the point itself must be seen. */
function drawCross(pen: CanvasRenderingContext2D): void {
  const middle = sizePx / 2;
  for (const [colour, width] of [
    ['#000c', 3],
    ['#fff', 1],
  ] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    for (const [from, to] of [
      [8, middle - 8],
      [middle + 8, sizePx - 8],
    ] as const) {
      pen.moveTo(from, middle);
      pen.lineTo(to, middle);
      pen.moveTo(middle, from);
      pen.lineTo(middle, to);
    }
    pen.stroke();
  }
}

/**
 * Up and to the right of the hand; to the other side where the picture ends. Where it is too narrow for either side, and
 * too low as well, the corner that is farthest from the hand. null: the glass is larger than the picture.
 */
export function placeOf([x, y]: Vec2, [width, height]: Vec2): Vec2 | null {
  if (width < sizePx || height < sizePx) return null;
  const before = gapPx + sizePx;
  const left = x + before <= width ? x + gapPx : x >= before ? x - before : x < width / 2 ? width - sizePx : 0;
  const top = y >= before ? y - before : y + before <= height ? y + gapPx : y < height / 2 ? height - sizePx : 0;
  return [left, top];
}
