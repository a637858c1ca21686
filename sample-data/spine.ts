import { column, ellipsoid, half, join, meet, outside, part, rod, shrunk } from './body.ts';
import type { Part, Shape } from './body.ts';

/** HU of the tissues that every CT case shares. */
export const tissue = {
  air: -1000,
  fat: -105,
  muscle: 58,
  skin: 35,
  cortex: 850,
  marrow: 210,
  disc: 85,
  cord: 35,
  water: 8,
} as const;

/**
 * A column of vertebrae with their discs, arches and processes.
 * @param front  LPS y of the bodies' front edge; `x`: their middle.
 * @param pitchMm  From one vertebra to the next; `discMm` of it is disc.
 * @param levels  Heights of the bodies' middles.
 */
export function spine({
  x,
  front,
  halfWidthMm,
  depthMm,
  pitchMm,
  discMm,
  levels,
}: {
  readonly x: number;
  readonly front: number;
  readonly halfWidthMm: number;
  readonly depthMm: number;
  readonly pitchMm: number;
  readonly discMm: number;
  readonly levels: readonly number[];
}): Part[] {
  const y = front + depthMm / 2;
  const back = front + depthMm;
  const low = Math.min(...levels) - pitchMm / 2;
  const high = Math.max(...levels) + pitchMm / 2;
  const parts: Part[] = [part(tissue.disc, column([x, y], [halfWidthMm - 1, depthMm / 2 - 1], 2.4, [low, high]))];
  const bony: Shape[] = [];
  for (const z of levels) {
    const body: [number, number] = [z - (pitchMm - discMm) / 2, z + (pitchMm - discMm) / 2];
    bony.push(
      column([x, y], [halfWidthMm, depthMm / 2], 2.4, body),
      // The arch: pedicles, laminae, facets, transverse and spinous processes.
      rod([x - 15, back - 4, z + 5], [x - 17, back + 11, z + 3], 5),
      rod([x + 15, back - 4, z + 5], [x + 17, back + 11, z + 3], 5),
      rod([x - 17, back + 12, z + 4], [x - 19, back + 15, z - 15], 6.5, 5.5),
      rod([x + 17, back + 12, z + 4], [x + 19, back + 15, z - 15], 6.5, 5.5),
      rod([x - 15, back + 13, z - 3], [x, back + 21, z - 9], 4),
      rod([x + 15, back + 13, z - 3], [x, back + 21, z - 9], 4),
      rod([x - 18, back + 9, z + 3], [x - 38, back + 12, z + 2], 4, 3),
      rod([x + 18, back + 9, z + 3], [x + 38, back + 12, z + 2], 4, 3),
      meet(ellipsoid([x, back + 33, z - 10], [3.6, 15, 10]), half([x, back + 20, z], [0, -1, 0])),
    );
  }
  const bone = join(...bony);
  parts.push(part(tissue.cortex, bone), part(tissue.marrow, shrunk(bone, 1.6)));
  const canal = column([x, back + 8.5], [11.5, 8.5], 2, [low, high]);
  parts.push(part(tissue.fat + 60, canal), part(tissue.cord, column([x, back + 7.5], [8.5, 6.8], 2, [low, high])));
  return parts;
}

/** Ring of a cut: what lies in the outer shape but not in the inner. */
export function shell(outer: Shape, thicknessMm: number): Shape {
  return meet(outer, outside(shrunk(outer, thicknessMm)));
}
