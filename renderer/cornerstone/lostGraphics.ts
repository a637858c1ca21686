import { Enums, eventTarget } from '@cornerstonejs/core';

/** So many losses in so long a time, and the graphics are left alone. */
const mostLosses = 3;
const withinMs = 60_000;

/**
 * Hears when WebGL's contexts of an engine are lost. One loss is told once, though each context reports it.
 *
 * @param engineId  of the engine there is now
 * @param onLost    `again`: whether the graphics may be tried again
 * @returns what stops listening
 */
export function watchGraphics(engineId: () => string, onLost: (again: boolean) => void): () => void {
  let losses: number[] = [];
  const heard = (event: Event): void => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null;
    if (typeof detail !== 'object' || detail === null || Reflect.get(detail, 'renderingEngineId') !== engineId())
      return;
    const now = performance.now();
    losses = [...losses.filter((at) => now - at < withinMs), now];
    onLost(losses.length < mostLosses);
  };
  eventTarget.addEventListener(Enums.Events.WEBGL_CONTEXT_LOST, heard);
  return () => eventTarget.removeEventListener(Enums.Events.WEBGL_CONTEXT_LOST, heard);
}
