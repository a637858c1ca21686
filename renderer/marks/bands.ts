import type { Point } from '../../src/geometry/index.ts';

/** 0: in the plane. 1 to `bandCount`: out of it, each further away and fainter than the one before. */
export type Band = number;
export const bandCount = 4;
const faint = [1, 0.6, 0.42, 0.26, 0.12];

/** Opacity of a band, 1 in the plane; 0 beyond the last. */
export function bandOpacity(band: Band): number {
  return faint[band] ?? 0;
}

/** The band of a distance from the plane, mm; undefined where nothing is drawn any more. */
export function bandOf(depthMm: number, halfThicknessMm: number, fadeMm: number): Band | undefined {
  const beyond = Math.abs(depthMm) - halfThicknessMm;
  // A point halfway between two slices must not vanish from both by rounding.
  if (beyond <= 1e-6) return 0;
  const band = Math.ceil((beyond / fadeMm) * bandCount - 1e-9);
  return band <= bandCount ? band : undefined;
}

export interface Piece {
  readonly points: readonly Point[];
  readonly closed: boolean;
  readonly band: Band;
}

/**
 * A line cut where its distance from the plane passes from one band to the next, so that each piece has one look. A line
 * that stays in one band stays whole (and closed). `depth`: signed distance of a point from the plane, mm.
 */
export function cutIntoBands(
  points: readonly Point[],
  closed: boolean,
  depth: (point: Point) => number,
  halfThicknessMm: number,
  fadeMm: number,
): readonly Piece[] {
  const first = points[0];
  if (!first) return [];
  const bandAt = (depthMm: number): Band | undefined => bandOf(depthMm, halfThicknessMm, fadeMm);
  const depths = points.map(depth);
  const own = bandAt(depths[0] ?? 0);
  if (
    depths.every((d) => bandAt(d) === own && Math.sign(d) * Math.sign(depths[0] ?? 0) >= 0) ||
    depths.every((d) => bandAt(d) === 0)
  )
    return own === undefined ? [] : [{ points, closed, band: own }];

  const borders: number[] = [];
  for (let k = 0; k <= bandCount; k++) {
    const border = halfThicknessMm + (fadeMm * k) / bandCount;
    borders.push(border, -border);
  }
  const pieces: Piece[] = [];
  let current: Point[] = [];
  let band: Band | undefined;
  const finish = (): void => {
    if (band !== undefined && current.length > 1) pieces.push({ points: current, closed: false, band });
  };
  const ring = closed ? [...points, first] : points;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    if (!a || !b) continue;
    const [da, db] = [depth(a), depth(b)];
    const stops = borders
      .filter((border) => (da - border) * (db - border) < 0)
      .map((border) => (border - da) / (db - da))
      .sort((s, t) => s - t);
    let from = 0;
    let start = a;
    for (const to of [...stops, 1]) {
      const end = to === 1 ? b : between(a, b, to);
      const middle = bandAt(da + ((db - da) * (from + to)) / 2);
      if (middle !== band || current.length === 0) {
        finish();
        band = middle;
        current = [start];
      }
      current.push(end);
      from = to;
      start = end;
    }
  }
  finish();
  return pieces;
}

function between(a: Point, b: Point, t: number): Point {
  const [ax, ay, az] = a;
  const [bx, by, bz] = b;
  const x = ax + (bx - ax) * t;
  const y = ay + (by - ay) * t;
  return az === undefined || bz === undefined ? [x, y] : [x, y, az + (bz - az) * t];
}
