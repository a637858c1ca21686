import { isPixel } from '../../src/geometry/index.ts';
import type { Series } from '../../src/dicom/index.ts';
import type { KeyImage } from '../../src/plan/index.ts';
import type { View } from '../cornerstone/types.ts';
import { isLayout, layouts, say, type Layout } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { painted } from '../ui/painted.ts';
import { savePicture } from './pictures.ts';
import { showSeries } from './showing.ts';
import { lookAt, pointInMiddle } from './viewPlace.ts';
import { activeView, windowGroup } from './windows.ts';

/** Keeps what the active view shows, as one entry of the history. */
export function keepKeyImage(desk: Desk): void {
  const view = activeView(desk);
  const map = view?.map();
  const series = view?.loaded?.series;
  if (view === undefined || map === undefined || series === undefined) return;
  if (view.kind === 'volume' || view.kind === 'curved') {
    say(desk.session, {
      tone: 'warning',
      say: `The ${view.kind === 'volume' ? '3D' : 'curved'} view cannot be kept as a key image.`,
      remedy: 'Click on a plane and press K, or save the picture.',
    });
    return;
  }
  const { frameRef, index, window, windowName, inverted, zoom, slab } = view.state();
  const point = pointInMiddle(view);
  const instance = frameRef === null ? undefined : series.instances[frameRef.instance];
  const known = desk.plan.getState().plan.keyImages ?? [];
  const image: KeyImage = {
    id: crypto.randomUUID(),
    label: freeLabel(known, `${view.name} ${index + 1}`),
    createdAt: new Date().toISOString(),
    seriesInstanceUID: series.seriesInstanceUID,
    part: series.part,
    view: view.name,
    sopInstanceUID: instance?.sopInstanceUID ?? null,
    frame: frameRef?.frame ?? null,
    plane: map.in === 'patient' ? { point: map.plane.through, right: map.plane.right, down: map.plane.down } : null,
    middle: point !== null && isPixel(point) ? point : null,
    ...(slab === null ? {} : { slab }),
    window: window === null ? null : { ...window, name: windowName },
    inverted,
    zoom,
  };
  desk.plan.edit(`Keep ${image.label}`, (gesture) => gesture.putKeyImages([...known, image]));
}

export function renameKeyImage(desk: Desk, id: string, label: string): void {
  const known = desk.plan.getState().plan.keyImages ?? [];
  const before = known.find((one) => one.id === id);
  if (before === undefined) return;
  desk.plan.edit(`Rename ${before.label}`, (gesture) =>
    gesture.putKeyImages(known.map((one) => (one.id === id ? { ...one, label } : one))),
  );
}

export function deleteKeyImage(desk: Desk, id: string): void {
  const known = desk.plan.getState().plan.keyImages ?? [];
  const gone = known.find((one) => one.id === id);
  if (gone === undefined) return;
  desk.plan.edit(`Delete ${gone.label}`, (gesture) => gesture.putKeyImages(known.filter((one) => one !== gone)));
}

/** Brings the view back as it was kept, in a layout that has it. Resolves after painting; rejects with a sentence. */
export async function showKeyImage(desk: Desk, id: string): Promise<void> {
  const { plan } = desk.plan.getState();
  const image = (plan.keyImages ?? []).find((one) => one.id === id);
  if (image === undefined) return;
  const state = desk.session.getState();
  const series = state.series.find((one) => holds(one, image));
  if (series === undefined) throw new Error(`The series of the key image "${image.label}" is not open.`);
  const layout: Layout | undefined = layoutFor(state.layout, image.view);
  if (layout === undefined)
    throw new Error(`This version has no view named "${image.view}" to show "${image.label}" in.`);
  const name = layouts[layout].views.find((one) => one === image.view);
  if (name === undefined) return;
  if (state.layout !== layout || state.shown[name] !== series.key || desk.views.get(name) === undefined)
    await showSeries(desk, series, { layout, view: name });
  desk.session.setState({ active: name, full: state.full === null ? null : name });
  const view = desk.views.get(name);
  if (view === undefined) return;
  await restore(desk, view, series, image);
}

/** The kept view as PNG: shown first, then saved as it is seen. */
export async function saveKeyImage(desk: Desk, id: string, { names }: { readonly names: boolean }): Promise<void> {
  const label = (desk.plan.getState().plan.keyImages ?? []).find((one) => one.id === id)?.label ?? '';
  await showKeyImage(desk, id);
  // The corners and the marks are drawn after the picture.
  await painted();
  await savePicture(desk, { names, called: label.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim() || 'Key image' });
}

async function restore(desk: Desk, view: View, series: Series, image: KeyImage): Promise<void> {
  const { window, plane, middle } = image;
  const index = series.frames.findIndex(
    ({ instance, frame }) =>
      frame === image.frame && series.instances[instance]?.sopInstanceUID === image.sopInstanceUID,
  );
  if (index >= 0) await view.go({ index });
  else if (plane !== null) {
    view.orient?.(plane, plane.point);
    view.setSlab?.(image.slab ?? null);
    await desk.views.goTo(plane.point);
  }
  for (const one of window === null ? [] : windowGroup(desk, view))
    if (window !== null) one.setWindow(window, window.name ?? undefined);
  if (view.state().inverted !== image.inverted) view.invert();
  lookAt(view, { zoom: image.zoom, middle: plane?.point ?? middle });
}

function holds(series: Series, image: KeyImage): boolean {
  return (
    series.seriesInstanceUID === image.seriesInstanceUID &&
    (series.part ?? null) === image.part &&
    (image.sopInstanceUID === null ||
      series.instances.some(({ sopInstanceUID }) => sopInstanceUID === image.sopInstanceUID))
  );
}

/** The present layout where it has the view, else the first that has. */
function layoutFor(present: Layout, view: string): Layout | undefined {
  const has = (layout: Layout): boolean => layouts[layout].views.some((one) => one === view);
  if (has(present)) return present;
  return Object.keys(layouts).filter(isLayout).find(has);
}

function freeLabel(known: readonly KeyImage[], wanted: string): string {
  const taken = new Set(known.map(({ label }) => label));
  for (let n = 1; ; n++) {
    const label = n === 1 ? wanted : `${wanted} (${n})`;
    if (!taken.has(label)) return label;
  }
}
