import { rayCount } from './section.ts';
import type { Section } from './section.ts';

/** The lumen of one cross-section, mm and mm2. Diameters are chords through the middle. */
export interface Lumen {
  readonly areaMm2: number;
  readonly minimumMm: number;
  readonly maximumMm: number;
  /** Middle of the lumen in the plane, mm along u and v. */
  readonly middle: readonly [number, number];
  readonly contourMm: Float64Array;
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

/**
 * The lumen with the blur taken back. Wide ones (over 6 blurs) from the half-level contour, moved out by
 * blur^2 / 2R; thin ones (under 4.5) from the sum of contrast (area) and its second moments (axes), which blur does not
 * bias; between the two a mixture. Calcified or half hidden walls: the contour alone.
 */
export function lumenOf(section: Section, blurMm: number): Lumen {
  const contour = evened(section.radii);
  const corrected = contour.map((radius) => Math.max(0, radius) + blurMm ** 2 / (2 * Math.max(radius, blurMm)));
  const { areaMm2, middle } = polygon(corrected);
  const chords = chordsThrough(corrected, middle);
  const byContour = { areaMm2, minimumMm: Math.min(...chords), maximumMm: Math.max(...chords) };
  const spoiled = section.calcified.filter(Boolean).length > 2 || section.hidden.filter(Boolean).length > rayCount / 4;
  const { filled } = section;
  const filledArea = Math.max(0, filled.areaMm2);
  const diameter = 2 * Math.sqrt(filledArea / Math.PI);
  const thin = spoiled ? 0 : Math.min(1, Math.max(0, (6 - diameter / blurMm) / 1.5));
  if (thin === 0) return { ...byContour, middle, contourMm: corrected };
  const { uu, uv, vv } = filled;
  const longMm2 = (uu + vv) / 2 + Math.hypot((uu - vv) / 2, uv);
  const longHalf = 2 * Math.sqrt(Math.max(0, longMm2 - blurMm ** 2));
  const half = Math.max(longHalf, diameter / 2);
  const shortHalf = half > 0 ? filledArea / (Math.PI * half) : 0;
  const mix = (a: number, b: number): number => thin * a + (1 - thin) * b;
  return {
    areaMm2: mix(filledArea, byContour.areaMm2),
    minimumMm: mix(2 * shortHalf, byContour.minimumMm),
    maximumMm: mix(2 * half, byContour.maximumMm),
    middle: [mix(filled.u, middle[0]), mix(filled.v, middle[1])],
    contourMm: corrected,
  };
}

function polygon(radii: Float64Array): { areaMm2: number; middle: readonly [number, number] } {
  let [area, mu, mv] = [0, 0, 0];
  for (let k = 0; k < rayCount; k += 1) {
    const [a, b] = [(2 * Math.PI * k) / rayCount, (2 * Math.PI * (k + 1)) / rayCount];
    const [r, s] = [radii[k] ?? 0, radii[(k + 1) % rayCount] ?? 0];
    const twice = r * s * Math.sin(b - a);
    area += twice / 2;
    mu += (twice * (r * Math.cos(a) + s * Math.cos(b))) / 6;
    mv += (twice * (r * Math.sin(a) + s * Math.sin(b))) / 6;
  }
  // What the polygon's sides cut off the curve.
  const whole = (2 * Math.PI) / rayCount / Math.sin((2 * Math.PI) / rayCount);
  return { areaMm2: area * whole, middle: area > 0 ? [mu / area, mv / area] : [0, 0] };
}

/** Chords through a point inside, one a ray of half a turn. */
function chordsThrough(radii: Float64Array, [u, v]: readonly [number, number]): number[] {
  const fromMiddle = Array.from({ length: rayCount }, (_, k) => {
    const angle = (2 * Math.PI * k) / rayCount;
    const [a, b] = [(radii[k] ?? 0) * Math.cos(angle) - u, (radii[k] ?? 0) * Math.sin(angle) - v];
    return { angle: Math.atan2(b, a), radius: Math.hypot(a, b) };
  }).toSorted((a, b) => a.angle - b.angle);
  const radiusAt = (angle: number): number => {
    const turned = Math.atan2(Math.sin(angle), Math.cos(angle));
    const after = fromMiddle.findIndex((point) => point.angle > turned);
    const b = fromMiddle[after < 0 ? 0 : after];
    const a = fromMiddle[(after <= 0 ? rayCount : after) - 1];
    if (a === undefined || b === undefined) return 0;
    const full = 2 * Math.PI;
    const span = (b.angle - a.angle + full) % full;
    return span > 0 ? a.radius + ((b.radius - a.radius) * ((turned - a.angle + full) % full)) / span : a.radius;
  };
  return Array.from({ length: 90 }, (_, n) => radiusAt((Math.PI * n) / 90) + radiusAt((Math.PI * n) / 90 + Math.PI));
}
