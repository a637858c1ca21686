import { cross, dot, type LpsMm } from '../../src/geometry/index.ts';
import type { Series } from '../../src/dicom/index.ts';
import type { ViewName, WindowLevel } from '../cornerstone/types.ts';
import { seriesByKey, type SessionState, isOfPlanes } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { showSeries } from './showing.ts';
import { lookAt } from './viewPlace.ts';
import { activeView } from './windows.ts';

/** The parts (phases, echoes, stacks) of one Series Instance UID in the order of the list; the series alone where it is whole. */
export function partsOf(all: readonly Series[], series: Series): readonly Series[] {
  return all.filter(
    ({ seriesInstanceUID, study }) =>
      seriesInstanceUID === series.seriesInstanceUID && study.studyInstanceUID === series.study.studyInstanceUID,
  );
}

/** What stays the same from part to part. */
interface Kept {
  readonly series: Series;
  readonly point: LpsMm | null;
  readonly views: ReadonlyMap<ViewName, KeptView>;
}
interface KeptView {
  readonly index: number;
  /** Patient point at the middle of the element. */
  readonly middle: LpsMm | null;
  readonly zoom: number;
  readonly inverted: boolean;
  readonly window: WindowLevel | null;
  readonly windowName: string | null;
}

/** While a part is still coming: what the first one showed, and the part wanted last. */
const moving = new WeakMap<Desk, { readonly kept: Kept; wanted: string }>();

/** Another part in the active view, or in all planes of an MPR: the same place in the patient, zoom and window. */
export async function stepPart(desk: Desk, by: number): Promise<void> {
  const series = activeSeries(desk);
  if (series === null) return;
  const parts = partsOf(desk.session.getState().series, series);
  const at = parts.findIndex(({ key }) => key === series.key);
  const next = parts[Math.min(parts.length - 1, Math.max(0, at + by))];
  if (next !== undefined && next !== series) await showPart(desk, next);
}

export async function showPart(desk: Desk, part: Series): Promise<void> {
  const from = activeSeries(desk);
  if (from === null || from.key === part.key) return;
  const run = moving.get(desk) ?? { kept: keep(desk, from), wanted: part.key };
  run.wanted = part.key;
  moving.set(desk, run);
  const { active, layout } = desk.session.getState();
  const stays = !isOfPlanes(layout) || part.volume !== null;
  try {
    await showSeries(desk, part, {
      layout: stays ? layout : '1x1',
      ...(active === null || isOfPlanes(layout) ? {} : { view: active }),
    });
    if (run.wanted === part.key) await restore(desk, part, run.kept);
  } finally {
    if (run.wanted === part.key && moving.get(desk) === run) moving.delete(desk);
  }
}

/** How many parts the series of the active view has. */
export function partCount(desk: Desk): number {
  const series = activeSeries(desk);
  return series === null ? 0 : partsOf(desk.session.getState().series, series).length;
}

/** What the active view shows or is about to show. */
function activeSeries(desk: Desk): Series | null {
  const state: SessionState = desk.session.getState();
  const name = state.active ?? activeView(desk)?.name;
  return name === undefined ? null : seriesByKey(state, state.shown[name]);
}

function keep(desk: Desk, series: Series): Kept {
  const { point } = desk.session.getState();
  const views = desk.views
    .all()
    .filter(({ kind, loaded }) => (kind === 'stack' || kind === 'mpr') && loaded?.series.key === series.key)
    .map((view): [ViewName, KeptView] => {
      const { index, zoom, inverted, window, windowName } = view.state();
      const map = view.map();
      const middle = map?.in === 'patient' ? map.plane.through : null;
      return [view.name, { index, middle, zoom, inverted, window, windowName }];
    });
  return { series, point, views: new Map(views) };
}

async function restore(desk: Desk, part: Series, kept: Kept): Promise<void> {
  const alike = lieAlike(kept.series, part);
  for (const view of desk.views.all()) {
    const before = kept.views.get(view.name);
    if (before === undefined || view.kind === 'volume' || view.loaded?.series.key !== part.key) continue;
    const state = view.state();
    if (alike && before.window !== null) view.setWindow(before.window, before.windowName ?? undefined);
    if (state.inverted !== before.inverted) view.invert();
    if (before.middle !== null) await view.go({ point: before.middle }).catch(() => undefined);
    else await view.go({ index: Math.min(before.index, state.count - 1) });
    if (alike) lookAt(view, before);
  }
  if (isOfPlanes(desk.session.getState().layout) && kept.point !== null) await desk.views.goTo(kept.point);
}

/** Volumes whose slices point the same way, or pictures of one size: a localizer is not like its slices. */
function lieAlike(a: Series, b: Series): boolean {
  if (a.volume === null || b.volume === null)
    return a.volume === b.volume && a.rows === b.rows && a.columns === b.columns;
  const [one, two] = [a.volume.direction, b.volume.direction];
  return dot(cross(one[0], one[1]), cross(two[0], two[1])) > 0.999;
}
