import { measureOutline, wallDistances } from './lumenShape.ts';
import { rayCount } from './section.ts';
import type { Section } from './section.ts';

/** The lumen of one cross-section, mm and mm2. Diameters are chords through the middle. */
export interface Lumen {
  readonly areaMm2: number;
  readonly minimumMm: number;
  readonly maximumMm: number;
  /** One standard deviation from the picture's noise; null where the wall was not fitted. */
  readonly areaDeviationMm2: number | null;
  readonly minimumDeviationMm: number | null;
  /** Middle of the lumen in the plane, mm along u and v. */
  readonly middle: readonly [number, number];
  /** Distance of the wall from the plane's own middle, mm, evenly around from u towards v. */
  readonly contourMm: Float64Array;
  /** Points of the wall in the plane, evenly around the middle, mm along u and v. */
  readonly outline: { readonly x: Float64Array; readonly y: Float64Array };
}

const harmonics = 4;

/** The wall without the ragged edge of noise: its first four harmonics around. */
export function evened(radii: Float64Array): Float64Array {
  const out = new Float64Array(rayCount);
  for (let m = 0; m <= harmonics; m += 1) {
    let [c, s] = [0, 0];
    for (let k = 0; k < rayCount; k += 1) {
      c += (radii[k] ?? 0) * Math.cos((2 * Math.PI * m * k) / rayCount);
      s += (radii[k] ?? 0) * Math.sin((2 * Math.PI * m * k) / rayCount);
    }
    const share = (m === 0 ? 1 : 2) / rayCount;
    for (let k = 0; k < rayCount; k += 1) {
      const angle = (2 * Math.PI * m * k) / rayCount;
      out[k] = (out[k] ?? 0) + share * (c * Math.cos(angle) + s * Math.sin(angle));
    }
  }
  return out;
}

/** The half-level contour, moved out by blur^2 / 2R: a blurred round wall's half level lies that much too far in. */
export function contourLumen(section: Section, blurMm: number): Lumen {
  const radii = evened(section.radii).map(
    (radius) => Math.max(0, radius) + blurMm ** 2 / (2 * Math.max(radius, blurMm)),
  );
  return lumenOfOutline(
    [...radii].map((radius, k) => radius * Math.cos((2 * Math.PI * k) / rayCount)),
    [...radii].map((radius, k) => radius * Math.sin((2 * Math.PI * k) / rayCount)),
  );
}

/** The lumen inside an outline, mm along u and v; points in order either way round. */
export function lumenOfOutline(u: readonly number[], v: readonly number[]): Lumen {
  const area = u.reduce(
    (sum, a, k) => sum + a * (v[(k + 1) % v.length] ?? 0) - (u[(k + 1) % u.length] ?? 0) * (v[k] ?? 0),
    0,
  );
  const ordered = (values: readonly number[]): Float64Array =>
    Float64Array.from(area < 0 ? values.toReversed() : values);
  const outline = { x: ordered(u), y: ordered(v) };
  return {
    ...measureOutline(outline),
    areaDeviationMm2: null,
    minimumDeviationMm: null,
    contourMm: wallDistances(outline, [0, 0], rayCount),
    outline,
  };
}

/** The lumen as seen from another place in its plane, which lies at (-u, -v). */
export function movedBy(lumen: Lumen, u: number, v: number): Lumen {
  const outline = { x: lumen.outline.x.map((value) => value + u), y: lumen.outline.y.map((value) => value + v) };
  return {
    ...lumen,
    middle: [lumen.middle[0] + u, lumen.middle[1] + v],
    contourMm: wallDistances(outline, [0, 0], rayCount),
    outline,
  };
}
