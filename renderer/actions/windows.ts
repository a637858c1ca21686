import {
  ctOpeningWindow,
  ctRegion,
  ctWindows,
  frameFacts,
  insideShutter,
  type CtRegion,
  type NamedWindow,
  type Series,
  type WindowPreset as FileWindow,
} from '../../src/dicom/index.ts';
import type { LoadedSeries, View, WindowLevel } from '../cornerstone/types.ts';
import type { Desk } from './desk.ts';

export interface WindowPreset {
  readonly id: string;
  /** null: by menu and palette only. */
  readonly key: string | null;
  readonly name: string;
  /** null where it cannot be told (nothing decoded yet, no window in the file). */
  window(loaded: LoadedSeries): WindowLevel | null;
}

const fixed = (key: string | null, { name, window }: NamedWindow): WindowPreset => ({
  id: key ?? name.toLowerCase(),
  key,
  name,
  window: () => window,
});
const range = (key: string, name: string, percent: number): WindowPreset => ({
  id: key,
  key,
  name,
  window: (loaded) => percentileWindow(loaded, percent),
});

/** Values in HU, so for CT only. The keys are the same for every region but 3, which is what the region is looked at for. */
function computedTomography(region: CtRegion): readonly WindowPreset[] {
  const { liver, stroke, spine } = ctWindows;
  const third = region === 'head' ? stroke : region === 'spine' ? spine : liver;
  return [
    fixed('1', ctWindows.abdomen),
    fixed('2', ctWindows.lung),
    fixed('3', third),
    fixed('4', ctWindows.bone),
    fixed('5', ctWindows.brain),
    fixed('6', ctWindows.mediastinum),
    fixed('7', ctWindows.cta),
    fixed('8', ctWindows.calcium),
    fixed('9', ctWindows.metal),
    ...[liver, stroke, spine].filter((one) => one !== third).map((one) => fixed(null, one)),
  ];
}
/** Everything without a physical scale: shares of the middle pictures' values. */
const others: readonly WindowPreset[] = [
  range('1', '1 to 99 %', 1),
  range('2', '5 to 95 %', 5),
  range('3', 'Full range', 0),
];
/** The first of the file's windows with key 0, or what stands for it where the file has none. */
const fileOwn: WindowPreset = { id: '0', key: '0', name: "The file's own", window: (loaded) => ownWindow(loaded) };

/** The windows of one frame, with their names where it has several. */
function ofFile(series: Series, frame: number | null): readonly WindowPreset[] {
  const sane = fileWindows(series, frame);
  if (sane.length === 0) return [fileOwn];
  return sane.map(({ centre, width, name }, at) => ({
    id: at === 0 ? '0' : `file${at + 1}`,
    key: at === 0 ? '0' : null,
    name: fileWindowName(name, at, sane.length),
    window: () => ({ centre, width }),
  }));
}

function fileWindowName(name: string | null, at: number, count: number): string {
  const own = name?.trim() ?? '';
  if (own !== '') return `${own} (file)`;
  return count === 1 ? fileOwn.name : `${fileOwn.name}, ${at + 1} of ${count}`;
}

/** Slices may differ in their windows. @param frame index in the series; null: the middle one, which stands for all */
function fileWindows(series: Series, frame: number | null): readonly FileWindow[] {
  const ref = series.frames[frame ?? Math.floor(series.frames.length / 2)];
  const instance = ref === undefined ? undefined : series.instances[ref.instance];
  if (ref === undefined || instance === undefined) return [];
  const windows = frameFacts(instance, ref.frame).windows ?? instance.windows;
  return windows.filter(({ centre, width }) => Number.isFinite(centre) && width > 0);
}

/** @param frame index of the frame shown, whose own windows are offered; null where the picture is made of many */
export function windowPresets(series: Series | null, frame: number | null): readonly WindowPreset[] {
  if (series === null) return [];
  return [...(series.modality === 'CT' ? computedTomography(ctRegion(series)) : others), ...ofFile(series, frame)];
}

/** Index of the frame that a stack shows; null in planes. */
export function shownFrame(view: View | undefined): number | null {
  return view?.kind === 'stack' ? view.state().index : null;
}

/** One preset in the active view, and in all planes of an MPR, which stand for one picture. */
export function applyPreset(desk: Desk, id: string): void {
  const active = activeView(desk);
  if (active?.loaded === undefined || active.loaded === null) return;
  const presets = windowPresets(active.loaded.series, shownFrame(active));
  const preset = presets.find((one) => one.id === (id === '0' ? nextOfFile(active, presets) : id));
  const window = preset?.window(active.loaded) ?? null;
  if (preset === undefined || window === null) return;
  for (const view of windowGroup(desk, active)) view.setWindow(window, preset.name);
}

/** Key 0 again goes through the windows of a file that has several. */
function nextOfFile(view: View, presets: readonly WindowPreset[]): string {
  const own = presets.filter(({ id }) => id === '0' || id.startsWith('file'));
  const at = own.findIndex(({ name }) => name === view.state().windowName);
  return own[(at + 1) % own.length]?.id ?? '0';
}

export function activeView(desk: Desk): View | undefined {
  const { active } = desk.session.getState();
  return (
    (active === null ? undefined : desk.views.get(active)) ?? desk.views.all().find(({ kind }) => kind !== 'volume')
  );
}

/** Views whose window moves together: the planes of one MPR. */
export function windowGroup(desk: Desk, view: View): readonly View[] {
  return view.kind === 'mpr'
    ? desk.views.all().filter(({ kind, loaded }) => kind === 'mpr' && loaded === view.loaded)
    : [view];
}

function ownWindow(loaded: LoadedSeries): WindowLevel | null {
  const { series } = loaded;
  const [own] = fileWindows(series, null);
  if (own !== undefined) return { centre: own.centre, width: own.width };
  return series.modality === 'CT'
    ? ctOpeningWindow(series, Math.floor(series.frames.length / 2)).window
    : percentileWindow(loaded, 1);
}

/** From `percent` to 100 - `percent` of the values of the middle pictures that are decoded. */
function percentileWindow(loaded: LoadedSeries, percent: number): WindowLevel | null {
  const { series, data } = loaded;
  const size = series.rows * series.columns * loaded.samplesPerPixel;
  const count = series.frames.length;
  const values: number[] = [];
  // Odd, so that it does not keep step with the columns.
  const step = Math.max(1, Math.floor(size / 20_000)) | 1;
  for (const share of [0.5, 0.4, 0.6]) {
    const frame = Math.min(count - 1, Math.floor(count * share));
    if (!loaded.has(frame)) continue;
    const shutter = series.instances[series.frames[frame]?.instance ?? 0]?.shutter;
    for (let i = 0; i < size; i += step) {
      const pixel = Math.floor(i / loaded.samplesPerPixel);
      if (shutter !== undefined && !insideShutter(shutter, pixel % series.columns, Math.floor(pixel / series.columns)))
        continue;
      values.push(data[frame * size + i] ?? 0);
    }
  }
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const at = (share: number): number =>
    values[Math.min(values.length - 1, Math.round(share * (values.length - 1)))] ?? 0;
  const low = at(percent / 100);
  const high = at(1 - percent / 100);
  return { centre: (low + high) / 2, width: Math.max(1, high - low) };
}
