import type { Series, WindowPreset } from '../../src/dicom/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import { displayFraction, paddingRange } from '../../src/pixels/index.ts';
import type { DisplayState } from './displayState.ts';
import { windowRange } from './displayWindow.ts';
import { frameAt } from './slicePlane.ts';

/** How bright a modality value is drawn, 0 black to 1 white. */
export type Brightness = (value: number) => number;
/** Modality values that are no picture, ends included. */
export type Padding = readonly [number, number];

/** The padding of one frame; null where the file names none, or a Modality LUT hides what it became. */
export function paddingOf(series: Series, index: number): Padding | null {
  const { instance, facts } = frameAt(series, index);
  const stored = paddingRange(instance.pixel);
  const { slope, intercept, table } = facts.rescale;
  if (stored === null || table !== undefined || instance.pixel.samplesPerPixel !== 1) return null;
  const ends = stored.map((value) => value * slope + intercept);
  return [Math.min(...ends), Math.max(...ends)];
}

/** The padding that all frames share (planes cut through all of them); null where they differ. */
export function sharedPadding(series: Series): Padding | null {
  const first = series.frames.length > 0 ? paddingOf(series, 0) : null;
  if (first === null) return null;
  const same = series.frames.every((_, index) => {
    const other = paddingOf(series, index);
    return other !== null && other[0] === first[0] && other[1] === first[1];
  });
  return same ? first : null;
}

/** The straight line of a window, or the file's own curve where it is in use; turned round where drawn inverted; padding black. */
export function brightnessOf(display: DisplayState, padding: Padding | null): Brightness {
  const { curve, drawnInverted } = display;
  const shown = curve === null ? straight(display) : (value: number) => displayFraction(curve, value);
  return (value) => {
    if (padding !== null && value >= padding[0] && value <= padding[1]) return 0;
    return drawnInverted ? 1 - shown(value) : shown(value);
  };
}

function straight({ window }: DisplayState): Brightness {
  const { lower, upper } = windowRange(window);
  return (value) => Math.max(0, Math.min(1, (value - lower) / (upper - lower)));
}

/** Whether a straight line drawn by the graphics would not do: a curve of the file, or padding that would not be black. */
export function isBeyondWindow(display: DisplayState, padding: Padding | null): boolean {
  if (display.curve !== null) return true;
  if (padding === null) return false;
  const plain = brightnessOf(display, null);
  return plain(padding[0]) > 0 || plain(padding[1]) > 0;
}

/** Values and their brightness, enough of them that straight lines between are the curve to a grey level. Ascending. */
export function brightnessPoints(
  display: DisplayState,
  padding: Padding | null,
): readonly (readonly [number, number])[] {
  const plain = brightnessOf(display, null);
  const { curve } = display;
  const { lower, upper } = curve === null ? windowRange(display.window) : spanOf(curve);
  const count = curve === null ? 1 : 512;
  const points: [number, number][] = [];
  for (let i = 0; i <= count; i += 1) {
    const value = lower + ((upper - lower) * i) / count;
    points.push([value, plain(value)]);
  }
  if (padding === null || !isBeyondWindow(display, padding)) return points;
  // Black between two steps; half a value to either side still is padding, since stored values are whole.
  const [from, to] = [padding[0] - 0.5, padding[1] + 0.5];
  const edge = Math.max(1e-3, (to - from) * 1e-3);
  const below = points.filter(([value]) => value < from - edge);
  const above = points.filter(([value]) => value > to + edge);
  // At an end of the table black goes a little further out, or the graphics would mix the last entries.
  const further = 0.02 * (upper - lower);
  const step = (value: number): [number, number] => [value, plain(value)];
  return [
    ...(below.length > 0 ? [...below, step(from - edge)] : [[from - further, 0] as const]),
    [from, 0],
    [to, 0],
    ...(above.length > 0 ? [step(to + edge), ...above] : [[to + further, 0] as const]),
  ];
}

/** Where a curve of the file rises: a sigmoid is within half a grey level of its ends two widths from its centre. */
function spanOf({ function: kind, centre, width, lut }: WindowPreset): { lower: number; upper: number } {
  if (lut !== undefined) return { lower: lut.first, upper: lut.first + Math.max(1, lut.values.length - 1) };
  const reach = kind === 'sigmoid' ? 2 * width : width / 2;
  return { lower: centre - reach, upper: centre + reach };
}

/** A frame as 8-bit grey levels, for where neither the graphics nor the library draws a curve, padding or fractions. */
export function greyLevels(values: PixelArray, brightness: Brightness): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(values.length);
  if (values instanceof Float32Array) {
    for (let i = 0; i < values.length; i += 1) out[i] = Math.round(255 * brightness(values[i] ?? 0));
    return out;
  }
  // Whole numbers of at most 16 bits: each is asked for once.
  const known = new Int16Array(65536).fill(-1);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const slot = value & 0xffff;
    let grey = known[slot] ?? -1;
    if (grey < 0) known[slot] = grey = Math.round(255 * brightness(value));
    out[i] = grey;
  }
  return out;
}
