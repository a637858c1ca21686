import type { Shape } from '../../src/geometry/index.ts';
import type { View } from '../cornerstone/types.ts';

type Solid = Parameters<View['showShapes']>[0][number];

const leastPauseMs = 150;

/**
 * Gives the marks to a 3D view, at most every 150 ms and only when they have changed: showing them makes the view draw,
 * so it must never be an answer to the view's having drawn.
 */
export function createSolidMarks(view: View): { show(solids: readonly Solid[]): void; end(): void } {
  let shown: readonly Solid[] = [];
  let next: readonly Solid[] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    if (!next) return;
    shown = next;
    next = undefined;
    view.showShapes(shown);
    timer = setTimeout(flush, leastPauseMs);
  }
  return {
    show(solids) {
      if (same(solids, next ?? shown)) return;
      next = solids;
      timer ??= setTimeout(flush, 0);
    },
    end() {
      clearTimeout(timer);
      next = undefined;
    },
  };
}

function same(a: readonly Solid[], b: readonly Solid[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => one.id === b[i]?.id && one.colour === b[i].colour && sameShapes(one.shapes, b[i].shapes))
  );
}
function sameShapes(a: readonly Shape[], b: readonly Shape[]): boolean {
  return a === b;
}
