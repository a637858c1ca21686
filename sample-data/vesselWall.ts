import { along, cross, normalize } from '../src/geometry/index.ts';
import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import type { Shape } from './body.ts';
import type { Curve, Near } from './curve.ts';

/**
 * An artery with one eccentric narrowing: in every plane across its axis the lumen is a circle, which in the narrowing
 * is smaller and lies against the wall on the side that `side` of the axis points to. Lengths in mm along the axis.
 */
export interface NarrowedArtery {
  readonly axis: Curve;
  /** Diameter of the healthy lumen at the start, and how much it tapers per mm. */
  readonly startDiameterMm: number;
  readonly taper: number;
  readonly narrowing: { readonly atMm: number; readonly lengthMm: number; readonly stenosisPercent: number };
}

/** Healthy diameter there. */
export function referenceDiameterMm({ startDiameterMm, taper }: NarrowedArtery, station: number): number {
  return startDiameterMm - taper * station;
}
/** Diameter of the lumen there. */
export function lumenDiameterMm(artery: NarrowedArtery, station: number): number {
  const { atMm, lengthMm, stenosisPercent } = artery.narrowing;
  const phase = (2 * Math.PI * (station - atMm)) / lengthMm;
  const healthy = referenceDiameterMm(artery, station);
  return Math.abs(phase) >= Math.PI ? healthy : healthy * (1 - (stenosisPercent / 200) * (1 + Math.cos(phase)));
}
/** How far the lumen's middle lies from the axis, along `side`. */
export function lumenOffsetMm(artery: NarrowedArtery, station: number): number {
  return (referenceDiameterMm(artery, station) - lumenDiameterMm(artery, station)) / 2;
}
export function lumenCentre(artery: NarrowedArtery, station: number): LpsMm {
  return along(artery.axis.at(station), artery.axis.side(station), lumenOffsetMm(artery, station));
}
/** Ends of a diameter of the lumen, across the axis and across the direction of its offset. */
export function lumenDiameterEnds(artery: NarrowedArtery, station: number): readonly [LpsMm, LpsMm] {
  const { axis } = artery;
  const across: Vec3 = normalize(cross(axis.tangent(station), axis.side(station)));
  const middle = lumenCentre(artery, station);
  const radius = lumenDiameterMm(artery, station) / 2;
  return [along(middle, across, -radius), along(middle, across, radius)];
}
/** Length over which the lumen is narrowed by at least so many per cent: closed form of the raised cosine. */
export function narrowedLengthMm({ narrowing }: NarrowedArtery, percent: number): number {
  return (narrowing.lengthMm * Math.acos((2 * percent) / narrowing.stenosisPercent - 1)) / Math.PI;
}
/** Volume of the lumen between two stations, mL: area times the way of its middle (Pappus), by Simpson's rule. */
export function lumenVolumeMl(artery: NarrowedArtery, from: number, to: number): number {
  const steps = 400;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const station = from + ((to - from) * i) / steps;
    const area = (Math.PI / 4) * lumenDiameterMm(artery, station) ** 2;
    const way = 1 - artery.axis.bendAlongSide(station) * lumenOffsetMm(artery, station);
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * area * way;
  }
  return (sum * (to - from)) / steps / 3 / 1000;
}

export function lumen(artery: NarrowedArtery): Shape {
  const near: Near = { station: 0, side: 0, across: 0 };
  const widest = artery.startDiameterMm / 2;
  return {
    within: artery.axis.balls(widest + 1),
    distanceMm(x, y, z) {
      const gap = artery.axis.gapMm(x, y, z) - widest;
      if (gap > 2) return gap;
      artery.axis.nearest(x, y, z, near);
      const off = Math.hypot(near.side - lumenOffsetMm(artery, near.station), near.across);
      const distance = off - lumenDiameterMm(artery, near.station) / 2;
      // The wall slopes in the narrowing; far away the slack keeps the bound on the safe side.
      const slope = (lumenDiameterMm(artery, near.station + 0.05) - lumenDiameterMm(artery, near.station - 0.05)) / 0.2;
      return distance / Math.hypot(1, 2 * slope);
    },
  };
}
/** The outside of the wall, `thickMm` outside the healthy lumen. */
export function wall(artery: NarrowedArtery, thickMm: number): Shape {
  const near: Near = { station: 0, side: 0, across: 0 };
  return {
    within: artery.axis.balls(artery.startDiameterMm / 2 + thickMm),
    distanceMm(x, y, z) {
      const gap = artery.axis.gapMm(x, y, z) - artery.startDiameterMm / 2 - thickMm;
      if (gap > 2) return gap;
      artery.axis.nearest(x, y, z, near);
      return Math.hypot(near.side, near.across) - referenceDiameterMm(artery, near.station) / 2 - thickMm;
    },
  };
}

export interface CalciumShape {
  /** Middle along the axis, and how long. */
  readonly atMm: number;
  readonly lengthMm: number;
  /** From the axis, on the side away from the lumen's offset. */
  readonly innerRadiusMm: number;
  readonly outerRadiusMm: number;
  /** To each side of that direction. */
  readonly halfAngleDeg: number;
}
/** A sheet of calcium in the plaque: a sector of a ring, as thick as the radii say. */
export function calcium(artery: NarrowedArtery, shape: CalciumShape): Shape {
  const near: Near = { station: 0, side: 0, across: 0 };
  const half = (shape.halfAngleDeg * Math.PI) / 180;
  const cosine = Math.cos(half);
  const sine = Math.sin(half);
  return {
    within: artery.axis
      .balls(shape.outerRadiusMm)
      .filter(
        ({ centre, radiusMm }) =>
          Math.hypot(...centre.map((value, i) => value - (artery.axis.at(shape.atMm)[i] ?? 0))) <
          radiusMm + shape.lengthMm,
      ),
    distanceMm(x, y, z) {
      artery.axis.nearest(x, y, z, near);
      const radius = Math.hypot(near.side, near.across);
      return Math.max(
        Math.abs(near.station - shape.atMm) - shape.lengthMm / 2,
        radius - shape.outerRadiusMm,
        shape.innerRadiusMm - radius,
        near.across * cosine + near.side * sine,
      );
    },
  };
}
/** Its volume, mL: sector of a ring times length, times the way of its centroid (Pappus). */
export function calciumVolumeMl(artery: NarrowedArtery, shape: CalciumShape): number {
  const half = (shape.halfAngleDeg * Math.PI) / 180;
  const { innerRadiusMm: r0, outerRadiusMm: r1 } = shape;
  const area = half * (r1 * r1 - r0 * r0);
  const centroid = ((2 / 3) * Math.sin(half) * (r1 ** 3 - r0 ** 3)) / area;
  const way = 1 + artery.axis.bendAlongSide(shape.atMm) * centroid;
  return (area * shape.lengthMm * way) / 1000;
}
