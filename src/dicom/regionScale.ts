import type { PixelXY } from '../geometry/index.ts';
import type { UltrasoundRegion } from './types.ts';

/** What one step along an axis of a region means: its unit, and how much of it. */
export interface AxisScale {
  readonly unit: string;
  readonly perPixel: number;
}

/** How a line between two points of an ultrasound image is told. */
export type RegionScale =
  /** Both axes are lengths: millimetres a column step and a row step. */
  | { readonly kind: 'length'; readonly columnMm: number; readonly rowMm: number; readonly region: UltrasoundRegion }
  /** The axes are of different kinds (time, speed, depth): only lines along one of them mean anything. */
  | { readonly kind: 'axes'; readonly x: AxisScale; readonly y: AxisScale; readonly region: UltrasoundRegion }
  | {
      readonly kind: 'none';
      readonly code: 'outside-regions' | 'across-regions' | 'unknown-units';
      readonly say: string;
    };

/** PS3.3 C.8.5.5.1.15 Physical Units; centimetres are told as millimetres. */
const UNITS: Readonly<Record<number, AxisScale>> = {
  1: { unit: '%', perPixel: 1 },
  2: { unit: 'dB', perPixel: 1 },
  3: { unit: 'mm', perPixel: 10 },
  4: { unit: 's', perPixel: 1 },
  5: { unit: 'Hz', perPixel: 1 },
  6: { unit: 'dB/s', perPixel: 1 },
  7: { unit: 'cm/s', perPixel: 1 },
  8: { unit: 'cm2', perPixel: 1 },
  9: { unit: 'cm2/s', perPixel: 1 },
  10: { unit: 'cm3', perPixel: 1 },
  11: { unit: 'cm3/s', perPixel: 1 },
  12: { unit: 'deg', perPixel: 1 },
};
const SAME = 1e-3;
/** A line that departs by less from an axis is along it, in pixels: hands are no better. */
const ALONG_PX = 0.5;

/** The regions that hold a point; pixels' outer edges count. */
export function regionsAt(regions: readonly UltrasoundRegion[], [x, y]: PixelXY): UltrasoundRegion[] {
  return regions.filter(({ x0, y0, x1, y1 }) => x >= x0 - 0.5 && x <= x1 + 0.5 && y >= y0 - 0.5 && y <= y1 + 0.5);
}

/**
 * The scale that holds for a line from p to q. Both ends must lie in one region; where regions overlap, those of high
 * priority (Region Flags, bit 0) come first, and a line that touches another region of another scale has none.
 */
export function regionScale(regions: readonly UltrasoundRegion[], p: PixelXY, q: PixelXY): RegionScale {
  const none = (code: 'outside-regions' | 'across-regions' | 'unknown-units', say: string): RegionScale => ({
    kind: 'none',
    code,
    say,
  });
  const atP = regionsAt(regions, p);
  const atQ = regionsAt(regions, q);
  if (atP.length === 0 || atQ.length === 0)
    return none('outside-regions', 'The line leaves the regions that have a scale: pixels only.');
  const both = atP.filter((region) => atQ.includes(region));
  const first = both.filter(isHigh)[0] ?? both[0];
  if (first === undefined)
    return none('across-regions', 'The line goes from one region of the picture into another: it has no length.');
  const rivals = regions.filter(
    (other) => other !== first && (isHigh(other) || !isHigh(first)) && !sameScale(first, other) && touches(other, p, q),
  );
  if (rivals.length > 0)
    return none('across-regions', 'The line crosses regions of different scales: it has no length.');
  const x = UNITS[first.unitsX];
  const y = UNITS[first.unitsY];
  if (x === undefined || y === undefined)
    return none('unknown-units', 'This region of the picture has no unit that lengths could be told in.');
  const perColumn = Math.abs(first.deltaX) * x.perPixel;
  const perRow = Math.abs(first.deltaY) * y.perPixel;
  if (x.unit === 'mm' && y.unit === 'mm') return { kind: 'length', columnMm: perColumn, rowMm: perRow, region: first };
  return {
    kind: 'axes',
    x: { unit: x.unit, perPixel: perColumn },
    y: { unit: y.unit, perPixel: perRow },
    region: first,
  };
}

export type RegionLength =
  | { readonly value: number; readonly unit: string }
  | { readonly value: null; readonly code: string; readonly say: string };

/** The line's length in its region's unit: mm in pictures of space; s, cm/s, mm along the axes of the others; else why not. */
export function lengthInRegions(regions: readonly UltrasoundRegion[], p: PixelXY, q: PixelXY): RegionLength {
  const scale = regionScale(regions, p, q);
  const columns = Math.abs(q[0] - p[0]);
  const rows = Math.abs(q[1] - p[1]);
  if (scale.kind === 'none') return { value: null, code: scale.code, say: scale.say };
  if (scale.kind === 'length') return { value: Math.hypot(columns * scale.columnMm, rows * scale.rowMm), unit: 'mm' };
  if (rows < ALONG_PX && columns >= ALONG_PX) return { value: columns * scale.x.perPixel, unit: scale.x.unit };
  if (columns < ALONG_PX && rows >= ALONG_PX) return { value: rows * scale.y.perPixel, unit: scale.y.unit };
  const say = `Across this region runs ${scale.x.unit}, down it ${scale.y.unit}: a slanted line has no length.`;
  return { value: null, code: 'no-length-here', say };
}

function isHigh({ flags }: UltrasoundRegion): boolean {
  return ((flags ?? 0) & 1) === 0;
}

function sameScale(a: UltrasoundRegion, b: UltrasoundRegion): boolean {
  const near = (one: number, other: number) => Math.abs(Math.abs(one) - Math.abs(other)) <= SAME * Math.abs(one);
  return a.unitsX === b.unitsX && a.unitsY === b.unitsY && near(a.deltaX, b.deltaX) && near(a.deltaY, b.deltaY);
}

/** Whether a line meets a region's rectangle (Liang-Barsky). */
function touches({ x0, y0, x1, y1 }: UltrasoundRegion, p: PixelXY, q: PixelXY): boolean {
  let enter = 0;
  let leave = 1;
  const edges = [
    [p[0] - q[0], p[0] - (x0 - 0.5)],
    [q[0] - p[0], x1 + 0.5 - p[0]],
    [p[1] - q[1], p[1] - (y0 - 0.5)],
    [q[1] - p[1], y1 + 0.5 - p[1]],
  ] as const;
  for (const [direction, room] of edges) {
    if (direction === 0) {
      if (room < 0) return false;
      continue;
    }
    const at = room / direction;
    if (direction < 0) enter = Math.max(enter, at);
    else leave = Math.min(leave, at);
  }
  return enter < leave;
}
