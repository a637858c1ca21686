import type { Box } from './labels.ts';

export interface Writing {
  /** In px of the view's element. */
  boxes(): readonly Box[];
  remove(): void;
}

/** The page is asked when the picture has been still this long: to ask in every draw would lay it out in every draw. */
const stillMs = 200;

/**
 * Where the view's pane has letters, corners, a scale bar and rings of the crosshair: elements with data-written.
 * @param onMoved called when they are found elsewhere than before
 */
export function createWriting(element: HTMLElement, onMoved: () => void): Writing {
  let known: readonly Box[] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): readonly Box[] => {
    const origin = element.getBoundingClientRect();
    const pane = element.closest('section') ?? element;
    return [...pane.querySelectorAll('[data-written]')].map((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return { left: left - origin.left, top: top - origin.top, width, height };
    });
  };
  const lookAgain = (): void => {
    const now = look();
    const moved = JSON.stringify(now) !== JSON.stringify(known);
    known = now;
    if (moved) onMoved();
  };
  return {
    boxes() {
      clearTimeout(timer);
      timer = setTimeout(lookAgain, stillMs);
      return (known ??= look());
    },
    remove: () => clearTimeout(timer),
  };
}
