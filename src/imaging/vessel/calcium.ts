import type { PlanePicture } from './planePicture.ts';

/** Places that lie in calcium's haze by more than this part are left out; the rest is cleared of it. */
const mostHaze = 0.4;

/**
 * A picture without its calcium: what is brighter than blood can be is taken for calcium, its blurred image (blooming) is
 * taken off round about, and places in or close to it are left out.
 */
export function withoutCalcium(
  picture: PlanePicture,
  given: { readonly lumen: number; readonly background: number; readonly blurMm: number; readonly stepMm: number },
): PlanePicture {
  const { lumen, background, blurMm, stepMm } = given;
  const { u, v, values } = picture;
  const bright = lumen + 0.45 * (lumen - background);
  const peak = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(peak > bright)) return picture;
  // Calcium ends half way to what is beside it, blood or tissue.
  const edge = Math.max((peak + (lumen + background) / 2) / 2, (bright + lumen) / 2);
  const calcium = [...values.keys()].filter((n) => (values[n] ?? 0) > edge);
  const share = (stepMm * stepMm) / (2 * Math.PI * blurMm * blurMm);
  const haze = Float64Array.from(values, (_, n) =>
    calcium.reduce((sum, k) => {
      const square = ((u[n] ?? 0) - (u[k] ?? 0)) ** 2 + ((v[n] ?? 0) - (v[k] ?? 0)) ** 2;
      return sum + share * Math.exp(-square / (2 * blurMm * blurMm));
    }, 0),
  );
  // A calcium thinner than the blur is brighter than its picture.
  const densest = calcium.reduce((most, k) => Math.max(most, haze[k] ?? 0), 0);
  const excess = (peak - background) / Math.max(0.25, densest);
  const kept = [...values.keys()].filter((n) => (haze[n] ?? 0) <= mostHaze && (values[n] ?? 0) <= bright);
  return {
    u: Float64Array.from(kept, (n) => u[n] ?? 0),
    v: Float64Array.from(kept, (n) => v[n] ?? 0),
    values: Float64Array.from(kept, (n) => (values[n] ?? 0) - excess * (haze[n] ?? 0)),
  };
}
