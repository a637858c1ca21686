import { kernelOf, sideRole, type Series } from '../../src/dicom/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import {
  hangingOrder,
  layouts,
  samePatient,
  seriesByKey,
  shownSeries,
  type Layout,
  isOfPlanes,
} from '../state/index.ts';
import { reasons } from '../ui/text.ts';
import type { Desk } from './desk.ts';
import { askToMix, mayStandTogether } from './patients.ts';
import { planForSeries } from './planFiles.ts';

/** What to open first: a volume before a run before a scout; of volumes no sharp kernel, then the most slices. */
export function bestSeries(series: readonly Series[]): Series | null {
  const rank = (one: Series): number =>
    (sideRole(one) === null ? 4e9 : 0) +
    (one.volume === null ? 0 : 2e9) +
    (kernelOf(one) === 'sharp' ? 0 : 1e9) +
    one.frames.length;
  return series.reduce<Series | null>((best, one) => (best === null || rank(one) > rank(best) ? one : best), null);
}
export function bestLayout(series: Series): Layout {
  return series.volume !== null && series.frames.length > 3 ? 'mpr' : '1x1';
}

/** Without graphics for planes and 3D a series is looked at as a stack. */
export function possibleLayout({ engine }: Desk, layout: Layout): Layout {
  return isOfPlanes(layout) && engine.limitation !== null ? '1x1' : layout;
}

export interface ShowOptions {
  readonly layout?: Layout;
  readonly view?: ViewName;
  /** Where another patient's images would stay beside these: the person is asked (default), or they are closed. */
  readonly otherPatients?: 'ask' | 'close';
}

/**
 * Shows a series: in one view, or in every view of a layout. Resolves at the first picture of each plane (the 3D view may follow).
 * Rejects with a sentence where it cannot be shown so.
 */
export async function showSeries(
  desk: Desk,
  series: Series,
  { layout, view, otherPatients = 'ask' }: ShowOptions = {},
): Promise<void> {
  const state = desk.session.getState();
  const wanted = layout ?? (isOfPlanes(state.layout) && series.volume === null ? '1x1' : state.layout);
  if (isOfPlanes(wanted) && series.volume === null) throw new Error(noVolumeSentence(series));
  if (possibleLayout(desk, wanted) !== wanted) throw new Error(desk.engine.limitation ?? '');
  const names = layouts[wanted].views;
  const one = view !== undefined && names.includes(view) ? view : names[0];
  const targets: readonly ViewName[] = isOfPlanes(wanted) ? names : one === undefined ? [] : [one];
  // Views that stay keep what they show; in a layout just made the others begin empty.
  const kept = names.flatMap((name) => {
    const stays = targets.includes(name) ? null : seriesByKey(state, state.shown[name]);
    return stays === null ? [] : [[name, stays] as const];
  });
  await present(desk, wanted, new Map([...kept, ...targets.map((name) => [name, series] as const)]), {
    targets,
    otherPatients,
  });
}

/** Several series at once, each in its view; the other views are empty. */
export async function showTogether(
  desk: Desk,
  layout: Layout,
  places: Readonly<Partial<Record<ViewName, Series>>>,
): Promise<void> {
  const given = layouts[layout].views.flatMap((name) => {
    const series = places[name];
    return series === undefined ? [] : [[name, series] as const];
  });
  await present(desk, layout, new Map(given), { targets: given.map(([name]) => name), otherPatients: 'ask' });
}

async function present(
  desk: Desk,
  layout: Layout,
  places: ReadonlyMap<ViewName, Series>,
  { targets, otherPatients }: { readonly targets: readonly ViewName[]; readonly otherPatients: 'ask' | 'close' },
): Promise<void> {
  const { session } = desk;
  const [first] = targets.flatMap((name) => places.get(name) ?? []);
  if (first === undefined) return;
  let shown = places;
  if (!mayStandTogether(desk, [...places.values()])) {
    const answer = otherPatients === 'close' ? 'alone' : await askToMix(desk, [first, ...places.values()]);
    if (answer === 'cancel') return;
    if (answer === 'alone') shown = new Map([...places].filter(([, series]) => samePatient(series, first)));
  }
  // The bytes set out first, and the plan is opened beside them: the picture waits for neither journal nor lock.
  for (const series of new Set([first, ...targets.flatMap((name) => shown.get(name) ?? [])])) desk.pixels.load(series);
  const planned = planForSeries(desk, first);
  const state = session.getState();
  const same = layout === state.layout && Object.values(state.shown).includes(first.key);
  session.setState({
    layout,
    full: state.full !== null && layout === state.layout && targets.includes(state.full) ? state.full : null,
    active: targets[0] ?? null,
    shown: Object.fromEntries([...shown].map(([name, { key }]) => [name, key])),
    faults: {},
    point: same ? state.point : null,
  });
  await pictures(
    desk,
    new Map([...shown].flatMap(([name, { key }]) => (name === '3D' || !targets.includes(name) ? [] : [[name, key]]))),
  );
  await planned;
  desk.pixels.show(onScreen(desk));
}

/** Another layout for what is on screen; views that were not there are hung with the series that belong beside it. */
export async function setLayout(desk: Desk, layout: Layout): Promise<void> {
  const state = desk.session.getState();
  const active = seriesByKey(state, state.active === null ? undefined : state.shown[state.active]);
  const series = active ?? shownSeries(state);
  if (series === null) {
    desk.session.setState({ layout, full: null, shown: {} });
    return;
  }
  const { views } = layouts[layout];
  if (isOfPlanes(layout) || views.length < 2) return showSeries(desk, series, { layout });
  // What is on screen stays, in its order; the rest of the study follows.
  const before = layouts[state.layout].views.flatMap((name) => seriesByKey(state, state.shown[name]) ?? []);
  const stays = new Set(isOfPlanes(state.layout) ? [series] : before);
  const hung = hangingOrder(state.series, series, Infinity).filter((one) => !stays.has(one));
  const order = [...stays, ...hung].slice(0, views.length);
  if (!order.includes(series)) order[0] = series;
  await showTogether(
    desk,
    layout,
    Object.fromEntries(views.flatMap((name, at) => (order[at] === undefined ? [] : [[name, order[at]]]))),
  );
  const at = order.indexOf(series);
  desk.session.setState({ active: views[at] ?? null });
}

export function noVolumeSentence(series: Series): string {
  const why = series.why.map((one) => reasons[one]).join(', ');
  return `Three planes cannot be shown${why === '' ? '' : `: ${why}`}. Open the series as one image.`;
}

/** Waits until each view shows its series, or one of them says that it cannot. */
function pictures(desk: Desk, wanted: ReadonlyMap<ViewName, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = [];
    const finish = (end: () => void): void => {
      for (const stop of stops) stop();
      end();
    };
    const look = (): void => {
      const { faults, shown } = desk.session.getState();
      const names = [...wanted.keys()];
      const fault = names.map((name) => faults[name]).find((sentence) => sentence !== undefined);
      if (fault !== undefined) finish(() => reject(new Error(fault)));
      // Another series was asked for meanwhile: this wish is over.
      else if (names.some((name) => shown[name] !== wanted.get(name))) finish(resolve);
      else if (names.every((name) => desk.views.get(name)?.loaded?.series.key === wanted.get(name))) finish(resolve);
    };
    stops.push(desk.views.onChange(look), desk.session.subscribe(look));
    look();
  });
}

function onScreen(desk: Desk): ReadonlySet<string> {
  return new Set(Object.values(desk.session.getState().shown));
}
