import type { LpsMm } from '../src/geometry/index.ts';
import { column, half, meet, outside, part, rod, shrunk } from './body.ts';
import type { Part, Shape } from './body.ts';
import { curve, tube } from './curve.ts';
import type { Random } from './random.ts';
import { shell, tissue } from './spine.ts';

export interface Trunk {
  /** Skin. */
  readonly outline: Shape;
  /** Inside the wall of muscle. */
  readonly cavity: Shape;
  readonly parts: Part[];
  readonly halfAxesMm: readonly [number, number];
}

/** Body contour with skin, fat under it and the wall of muscle; on the couch of the scanner. */
export function trunk(
  halfAxesMm: readonly [number, number],
  { fatMm, wallMm, exponent = 2.5 }: { readonly fatMm: number; readonly wallMm: number; readonly exponent?: number },
): Trunk {
  const [a, b] = halfAxesMm;
  const outline = column([0, 0], [a, b], exponent);
  // The fat is thicker at the flanks than in front.
  const muscle = column([0, -fatMm * 0.1], [a - fatMm * 1.15, b - fatMm * 0.85], exponent - 0.1);
  const cavity = shrunk(column([0, -2], [a - fatMm * 1.15, b - fatMm * 0.85 - 2], exponent - 0.1), wallMm);
  return {
    outline,
    cavity,
    halfAxesMm,
    parts: [
      ...couch(b),
      part(tissue.skin, outline),
      part(tissue.fat, shrunk(outline, 2)),
      part(tissue.muscle, muscle),
      // Fat between the layers of the wall.
      part(tissue.fat + 40, shell(shrunk(muscle, wallMm * 0.45), 0.9)),
      part(tissue.fat, cavity),
    ],
  };
}

/** A carbon shell with foam, curved as couches are, below the back at LPS y = `back`. */
function couch(back: number): Part[] {
  const top = back + 3;
  const radius = 420;
  const disc = column([0, top - radius], [radius, radius]);
  const outer = meet(
    column([0, top + 24 - 300], [300, 300]),
    outside(disc),
    half([0, top - 40, 0], [0, -1, 0]),
    column([0, top], [215, 80]),
  );
  const mattress = meet(disc, outside(column([0, top - 8 - radius], [radius, radius])), column([0, top], [190, 90]));
  return [part(-880, mattress), part(-60, outer), part(-955, shrunk(outer, 2))];
}

/** A round bone with a shell of cortex. */
export function boneTube(shape: Shape, cortexMm: number): Part[] {
  return [part(tissue.cortex, shape), part(tissue.marrow, shrunk(shape, cortexMm))];
}

/**
 * Ribs of both sides: each runs from the spine round the trunk to the front, falling on its way.
 * @param heights  z at the spine, one a pair.
 */
export function ribs({
  halfAxesMm,
  spineY,
  heights,
  fallMm,
  reachDeg,
}: {
  readonly halfAxesMm: readonly [number, number];
  readonly spineY: number;
  readonly heights: readonly number[];
  readonly fallMm: number;
  /** How far round: 180 is the middle in front. */
  readonly reachDeg: number;
}): Part[] {
  const [a, b] = halfAxesMm;
  const parts: Part[] = [];
  for (const side of [-1, 1]) {
    for (const height of heights) {
      const points: LpsMm[] = [];
      for (let degrees = 14; degrees <= reachDeg; degrees += 12) {
        const angle = (degrees * Math.PI) / 180;
        const fall = fallMm * Math.min(1, degrees / 130) ** 1.3 - Math.max(0, degrees - 130) * 0.25;
        const y = b * Math.sign(Math.cos(angle)) * Math.abs(Math.cos(angle)) ** 0.8;
        points.push([side * a * Math.sin(angle) ** 0.8, Math.min(y, spineY + 14), height - fall]);
      }
      const line = curve(points);
      parts.push(
        ...boneTube(
          tube(line, (s) => 4.6 + 1 * Math.min(1, s / 80)),
          1.5,
        ),
      );
    }
  }
  return parts;
}

/** Where a vessel tree grows: from `root`, through every point of `targets`, thinner with each parting. */
export function tree(
  root: LpsMm,
  targets: readonly LpsMm[],
  {
    twigMm,
    exponent,
    wobble,
    inside,
  }: {
    readonly twigMm: number;
    readonly exponent: number;
    readonly wobble: Random;
    /** Twigs that would leave it are left out. */
    readonly inside?: Shape;
  },
): Shape[] {
  const nodes: { at: LpsMm; parent: number; twigs: number }[] = [{ at: root, parent: -1, twigs: 0 }];
  const far = (p: LpsMm, q: LpsMm): number => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
  for (const target of [...targets].sort((p, q) => far(p, root) - far(q, root))) {
    let nearest = 0;
    let least = Infinity;
    for (const [i, { at }] of nodes.entries()) {
      // A detour back toward the root costs: branches leave forward.
      const cost = far(at, target) + 0.25 * far(at, root) + (far(at, root) > far(target, root) ? 20 : 0);
      if (cost < least) [least, nearest] = [cost, i];
    }
    const from = nodes[nearest]?.at ?? root;
    const length = far(from, target);
    const pieces = Math.max(1, Math.round(length / 9));
    let parent = nearest;
    for (let i = 1; i <= pieces; i++) {
      const t = i / pieces;
      const jitter = i === pieces ? 0 : 1.4;
      const at: LpsMm = [
        from[0] + t * (target[0] - from[0]) + jitter * wobble.normal(),
        from[1] + t * (target[1] - from[1]) + jitter * wobble.normal(),
        from[2] + t * (target[2] - from[2]) + jitter * wobble.normal(),
      ];
      nodes.push({ at, parent, twigs: 0 });
      parent = nodes.length - 1;
    }
    for (let i = parent; i >= 0; i = nodes[i]?.parent ?? -1) {
      const node = nodes[i];
      if (node) node.twigs += 1;
    }
  }
  const radius = (twigs: number): number => twigMm * twigs ** (1 / exponent);
  return nodes.flatMap(({ at, parent, twigs }) => {
    const above = nodes[parent];
    if (!above || far(above.at, at) < 0.01) return [];
    const middle: LpsMm = [(above.at[0] + at[0]) / 2, (above.at[1] + at[1]) / 2, (above.at[2] + at[2]) / 2];
    if (
      inside &&
      [above.at, middle, at].some((point) => inside.distanceMm(point[0], point[1], point[2]) > -radius(twigs))
    )
      return [];
    return [rod(above.at, at, radius(Math.min(above.twigs, twigs * 1.3)), radius(twigs))];
  });
}

/** Points scattered in a box, those that lie in the shape by at least `depthMm`. */
export function scatter(
  shape: Shape,
  box: readonly [LpsMm, LpsMm],
  count: number,
  depthMm: number,
  numbers: Random,
): LpsMm[] {
  const points: LpsMm[] = [];
  const [low, high] = box;
  for (let tries = 0; tries < count * 40 && points.length < count; tries++) {
    const one = (axis: 0 | 1 | 2): number => low[axis] + numbers.uniform() * (high[axis] - low[axis]);
    const at: LpsMm = [one(0), one(1), one(2)];
    if (shape.distanceMm(at[0], at[1], at[2]) < -depthMm) points.push(at);
  }
  return points;
}
