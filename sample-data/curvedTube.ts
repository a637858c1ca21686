import { along, cross, dot, normalize, subtract } from '../src/geometry/index.ts';
import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import type { Solid } from './solids.ts';

/**
 * A round tube whose centreline is an arc of a circle, so that every distance to it has a closed form; with one
 * concentric narrowing of raised-cosine shape. Stations are mm along the centreline, 0 at `apex`.
 */
export interface CurvedTubeShape {
  /** Point of the centreline at station 0. */
  readonly apex: LpsMm;
  /** Unit vector from the circle's centre to the apex. */
  readonly outward: Vec3;
  /** Unit vector of the centreline's direction at the apex, at right angles to `outward`. */
  readonly forward: Vec3;
  readonly bendRadiusMm: number;
  readonly diameterMm: number;
  readonly narrowing: { readonly atMm: number; readonly lengthMm: number; readonly stenosisPercent: number };
}
export interface CurvedTube {
  readonly shape: CurvedTubeShape;
  /** Point of the centreline. */
  at(stationMm: number): LpsMm;
  tangent(stationMm: number): Vec3;
  /** At right angles to the plane of the arc: a diameter along it is seen unshortened. */
  readonly normal: Vec3;
  diameterMm(stationMm: number): number;
  /** Length over which the diameter is narrowed by at least so many per cent: closed form of the raised cosine. */
  narrowedLengthMm(percent: number): number;
  solid(addsHu: number): Solid;
}

/** @throws RangeError where the tube would be wider than its bend. */
export function curvedTube(shape: CurvedTubeShape): CurvedTube {
  const { apex, bendRadiusMm, diameterMm, narrowing } = shape;
  if (!(diameterMm / 2 < bendRadiusMm)) throw new RangeError('a tube must be thinner than its bend');
  const outward = normalize(shape.outward);
  const forward = normalize(shape.forward);
  const normal = cross(outward, forward);
  const centre = along(apex, outward, -bendRadiusMm);

  const at = (station: number): LpsMm => {
    const angle = station / bendRadiusMm;
    return along(along(centre, outward, bendRadiusMm * Math.cos(angle)), forward, bendRadiusMm * Math.sin(angle));
  };
  const tangent = (station: number): Vec3 => {
    const angle = station / bendRadiusMm;
    return along(along([0, 0, 0], outward, -Math.sin(angle)), forward, Math.cos(angle));
  };
  const diameter = (station: number): number => {
    const phase = (2 * Math.PI * (station - narrowing.atMm)) / narrowing.lengthMm;
    if (Math.abs(phase) >= Math.PI) return diameterMm;
    return diameterMm * (1 - (narrowing.stenosisPercent / 200) * (1 + Math.cos(phase)));
  };

  return {
    shape,
    at,
    tangent,
    normal,
    diameterMm: diameter,
    narrowedLengthMm: (percent) =>
      (narrowing.lengthMm * Math.acos((2 * percent) / narrowing.stenosisPercent - 1)) / Math.PI,
    solid(addsHu) {
      const reach = diameterMm / 2 + 1;
      return {
        addsHu,
        signedDistanceMm(point) {
          const from = subtract(point, centre);
          const out = dot(from, outward);
          const ahead = dot(from, forward);
          const off = Math.hypot(Math.hypot(out, ahead) - bendRadiusMm, dot(from, normal));
          const station = bendRadiusMm * Math.atan2(ahead, out);
          const step = 0.01;
          const slope = (diameter(station + step) - diameter(station - step)) / (4 * step);
          return (off - diameter(station) / 2) / Math.hypot(1, slope);
        },
        boxAt(z) {
          // Over half a turn the centreline crosses a plane of constant z once; search from where it does.
          let low = (-Math.PI / 2) * bendRadiusMm;
          let high = (Math.PI / 2) * bendRadiusMm;
          if (at(low)[2] > z || at(high)[2] < z) return null;
          while (high - low > 0.01) {
            const middle = (low + high) / 2;
            if (at(middle)[2] < z) low = middle;
            else high = middle;
          }
          const [x, y] = at(low);
          const steep = Math.max(0.2, Math.abs(dot(tangent(low), [0, 0, 1])));
          return [x - reach / steep, x + reach / steep, y - reach / steep, y + reach / steep];
        },
      };
    },
  };
}
