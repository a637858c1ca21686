import { kernelOf, sideRole, type Series } from '../../src/dicom/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { layouts, seriesByKey, type Layout } from '../state/index.ts';
import { reasons } from '../ui/text.ts';
import type { Desk } from './desk.ts';
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

/**
 * Shows a series: in one view, or in every view of a layout. Resolves at the first picture of each plane (the 3D view may follow).
 * Rejects with a sentence where it cannot be shown so.
 */
export async function showSeries(
  desk: Desk,
  series: Series,
  { layout, view }: { readonly layout?: Layout; readonly view?: ViewName } = {},
): Promise<void> {
  const { session } = desk;
  const state = session.getState();
  const wanted = layout ?? (state.layout === 'mpr' && series.volume === null ? '1x1' : state.layout);
  if (wanted === 'mpr' && series.volume === null) throw new Error(noVolumeSentence(series));
  const names = layouts[wanted].views;
  const one = view !== undefined && names.includes(view) ? view : names[0];
  const targets: readonly ViewName[] = wanted === 'mpr' ? names : one === undefined ? [] : [one];
  // Views that stay keep what they show; in a layout just made the others begin empty.
  const kept = Object.fromEntries(
    names.flatMap((name) => (state.shown[name] === undefined ? [] : [[name, state.shown[name]]])),
  );
  // The bytes set out first, and the plan is opened beside them: the picture waits for neither journal nor lock.
  desk.pixels.load(series);
  const planned = planForSeries(desk, series);
  session.setState({
    layout: wanted,
    full: null,
    active: targets[0] ?? null,
    shown: { ...kept, ...Object.fromEntries(targets.map((name) => [name, series.key])) },
    faults: {},
    point: wanted === state.layout && Object.values(state.shown).includes(series.key) ? state.point : null,
  });
  await pictures(
    desk,
    targets.filter((name) => name !== '3D'),
    series.key,
  );
  await planned;
  desk.pixels.show(onScreen(desk));
}

/** Another layout for what is on screen. */
export async function setLayout(desk: Desk, layout: Layout): Promise<void> {
  const state = desk.session.getState();
  const key = (state.active === null ? undefined : state.shown[state.active]) ?? Object.values(state.shown)[0];
  const series = seriesByKey(state, key);
  if (series === null) {
    desk.session.setState({ layout, full: null, shown: {} });
    return;
  }
  await showSeries(desk, series, { layout });
}

export function noVolumeSentence(series: Series): string {
  const why = series.why.map((one) => reasons[one]).join(', ');
  return `Three planes cannot be shown${why === '' ? '' : `: ${why}`}. Open the series as one image.`;
}

/** Waits until each view shows the series, or one of them says that it cannot. */
function pictures(desk: Desk, names: readonly ViewName[], key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = [];
    const finish = (end: () => void): void => {
      for (const stop of stops) stop();
      end();
    };
    const look = (): void => {
      const { faults, shown } = desk.session.getState();
      const fault = names.map((name) => faults[name]).find((say) => say !== undefined);
      if (fault !== undefined) finish(() => reject(new Error(fault)));
      // Another series was asked for meanwhile: this wish is over.
      else if (names.some((name) => shown[name] !== key)) finish(resolve);
      else if (names.every((name) => desk.views.get(name)?.loaded?.series.key === key)) finish(resolve);
    };
    stops.push(desk.views.onChange(look), desk.session.subscribe(look));
    look();
  });
}

function onScreen(desk: Desk): ReadonlySet<string> {
  return new Set(Object.values(desk.session.getState().shown));
}
