import { cross, dot, subtract } from '../../src/geometry/index.ts';
import { frameFacts, type FrameRef, type Instance, type Series } from '../../src/dicom/index.ts';
import type { View } from '../cornerstone/types.ts';
import { shownSeries } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { activeView } from './windows.ts';

export interface CurrentImage {
  readonly series: Series;
  readonly instance: Instance;
  /** From 1. */
  readonly frame: number;
}

/** The image that the active view shows; of a plane through many images the one nearest to its middle; null where nothing is open. */
export function currentImage(desk: Desk): CurrentImage | null {
  const view = activeView(desk);
  const series = view?.loaded?.series ?? shownSeries(desk.session.getState());
  if (series === null) return null;
  const shown = view?.loaded?.series === series ? (view.state().frameRef ?? nearestFrame(series, view)) : null;
  const at = shown ?? series.frames[0];
  const instance = at === undefined ? undefined : series.instances[at.instance];
  return at === undefined || instance === undefined ? null : { series, instance, frame: at.frame };
}

function nearestFrame(series: Series, view: View): FrameRef | null {
  const { position } = view.state();
  if (position === null || series.volume === null) return null;
  const normal = cross(series.volume.direction[0], series.volume.direction[1]);
  let best: { readonly ref: FrameRef; readonly mm: number } | null = null;
  for (const ref of series.frames) {
    const instance = series.instances[ref.instance];
    const place = instance === undefined ? null : frameFacts(instance, ref.frame).position;
    if (place === null) continue;
    const mm = Math.abs(dot(subtract(place, position), normal));
    if (best === null || mm < best.mm) best = { ref, mm };
  }
  return best?.ref ?? null;
}
