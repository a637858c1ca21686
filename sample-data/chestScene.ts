import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import { column, ellipsoid, half, join, meet, outside, part, rod, shrunk } from './body.ts';
import type { Part, Shape } from './body.ts';
import { curve, tube } from './curve.ts';
import { random } from './random.ts';
import { spine, tissue } from './spine.ts';
import { boneTube, ribs, scatter, tree, trunk } from './torso.ts';

/** Middle of the chest without contrast agent, aortic arch to the heart, with a solid nodule in the right lung. */
export const chestHu = { lung: -858, vessel: 38, blood: 42, heart: 44, airway: -990, wall: 30, nodule: 32 } as const;

/** The nodule is an ellipsoid; `now` and `prior` share its middle in the patient and its form. */
export const nodule = {
  centre: [-78, 10, -14] as LpsMm,
  axes: [
    [0.8, 0.6, 0],
    [-0.6, 0.8, 0],
    [0, 0, 1],
  ] as readonly [Vec3, Vec3, Vec3],
  semiAxesMm: { now: [4.6, 4, 4.2], prior: [3.3, 2.87, 3.013] } as const,
};
export type ChestDate = keyof typeof nodule.semiAxesMm;

/** `contrast`: off leaves lung where the nodule is (for tests). */
export function chestParts(seed: number, date: ChestDate, { contrast = true } = {}): Part[] {
  const numbers = random(seed, 'chest anatomy');
  const body = trunk([172, 112], { fatMm: 11, wallMm: 15, exponent: 2.6 });
  const parts: Part[] = [...body.parts];
  for (const side of [-1, 1]) {
    parts.push(
      part(tissue.muscle, join(column([side * 31, 80], [24, 14], 2.3), column([side * 12, 84], [10, 12], 2.2))),
    );
    // Fat planes between the muscles of the back, the chest and the shoulder blade.
    parts.push(part(tissue.fat + 30, shrunk(column([side * 96, 62], [44, 16], 2.2), 0)));
    parts.push(
      part(tissue.muscle, column([side * 92, 72], [46, 9.5], 2.2)),
      part(tissue.muscle, column([side * 104, 55], [34, 8], 2.2)),
    );
    parts.push(part(tissue.fat, meet(column([side * 70, -92], [46, 9], 2.2), shrunk(body.outline, 4))));
    parts.push(part(tissue.muscle, meet(column([side * 72, -80], [50, 8.5], 2.3), shrunk(body.outline, 5))));
  }

  const chest = column([0, 0], [133, 84], 2.35);
  parts.push(part(tissue.muscle, shrunk(chest, -3)), part(tissue.fat, shrunk(chest, -0.6)));
  // The lung is a little denser behind, where the patient lies on it.
  parts.push(part(chestHu.lung, chest));
  parts.push(part(chestHu.lung + 14, meet(chest, half([0, 20, 0], [0, -1, 0]))));
  parts.push(part(chestHu.lung + 30, meet(chest, half([0, 48, 0], [0, -1, 0]))));
  // Between the lungs: fat, in which heart, vessels and airways lie.
  const between = join(
    column([0, 52], [27, 36], 2.2),
    meet(column([0, -70], [9, 40], 2.6), chest),
    meet(ellipsoid([8, -26, 24], [34, 66, 80]), chest),
    heartShape(5),
  );
  parts.push(
    part(tissue.fat, meet(column([0, -70], [9, 40], 2.6), chest)),
    part(tissue.fat, column([0, 52], [27, 36], 2.2)),
  );
  parts.push(part(tissue.fat, meet(ellipsoid([8, -26, 24], [34, 66, 80]), chest)), part(tissue.fat, heartShape(5)));
  for (const side of [-1, 1]) parts.push(...scapula(side));
  const lung = (side: number): Shape => meet(chest, half([0, 0, 0], [-side, 0, 0]), outside(between));
  const rightLung = lung(-1);
  const leftLung = lung(1);

  const keepOff = outside(ellipsoid(nodule.centre, [11, 11, 11]));
  for (const [side, lobe] of [
    [-1, rightLung],
    [1, leftLung],
  ] as const) {
    const room = meet(shrunk(lobe, 4), keepOff);
    const box: [LpsMm, LpsMm] = [
      [side < 0 ? -132 : 10, -80, -70],
      [side < 0 ? -10 : 132, 82, 75],
    ];
    const inLung = meet(shrunk(lobe, 1.5), keepOff);
    const root: LpsMm = [side * 34, 6, side < 0 ? 4 : 12];
    for (const twig of tree(root, scatter(room, box, 190, 0, numbers), {
      twigMm: 0.62,
      exponent: 2.35,
      wobble: numbers,
      inside: inLung,
    }))
      parts.push(part(chestHu.vessel, twig));
    const low: LpsMm = [side * 30, 14, -20];
    for (const twig of tree(low, scatter(room, box, 90, 0, numbers), {
      twigMm: 0.62,
      exponent: 2.4,
      wobble: numbers,
      inside: inLung,
    }))
      parts.push(part(chestHu.vessel, twig));
    parts.push(...fissure(side, lobe));
  }
  parts.push(...mediastinum());
  parts.push(...airways(numbers, rightLung, leftLung));

  parts.push(
    ...spine({
      x: 0,
      front: 32,
      halfWidthMm: 17,
      depthMm: 28,
      pitchMm: 26,
      discMm: 5,
      levels: [78, 52, 26, 0, -26, -52, -78],
    }),
  );
  parts.push(
    ...ribs({
      halfAxesMm: [139, 89],
      spineY: 58,
      heights: [130, 104, 78, 52, 26, 0, -26, -52],
      fallMm: 62,
      reachDeg: 150,
    }),
  );
  const sternum: Shape = meet(column([0, -88], [17, 5.5], 2.6, [-70, 90]), half([0, 0, 80], [0, 0, 1]));
  parts.push(...boneTube(sternum, 1.2));
  if (contrast) parts.push(part(chestHu.nodule, ellipsoid(nodule.centre, nodule.semiAxesMm[date], nodule.axes)));
  return parts;
}

function heartShape(swollenMm: number): Shape {
  const axes: [Vec3, Vec3, Vec3] = [
    [0.8, -0.5, -0.33],
    [0.53, 0.85, 0],
    [0.28, -0.175, 0.944],
  ];
  return shrunk(
    join(ellipsoid([28, -30, -44], [64, 44, 46], axes), ellipsoid([-22, -22, -34], [34, 36, 40])),
    -swollenMm,
  );
}

function mediastinum(): Part[] {
  const parts: Part[] = [];
  parts.push(part(tissue.fat, heartShape(4)), part(25, heartShape(1.2)), part(chestHu.heart, heartShape(0)));
  parts.push(
    part(tissue.fat + 20, meet(heartShape(0.4), outside(heartShape(-2.2)), half([20, -60, -30], [0.3, 0.9, 0.3]))),
  );
  const arch = tube(
    curve([
      [-6, -30, -16],
      [-13, -32, 12],
      [-12, -26, 36],
      [-2, -10, 52],
      [16, 14, 52],
      [25, 32, 36],
      [25, 38, 8],
      [22, 38, -30],
      [14, 32, -90],
    ]),
    (s) => (s < 60 ? 16 : 15.5 - Math.min(3.5, (s - 60) * 0.03)),
  );
  const cava = tube(
    curve([
      [-27, -20, 90],
      [-28, -18, 50],
      [-27, -16, 10],
      [-26, -12, -30],
    ]),
    9.5,
  );
  const pulmonary = join(
    tube(
      curve([
        [14, -42, -12],
        [17, -34, 8],
        [14, -20, 20],
        [4, -2, 18],
      ]),
      13.5,
    ),
    tube(
      curve([
        [10, -10, 16],
        [-10, -4, 10],
        [-30, 2, 6],
        [-40, 6, -2],
      ]),
      (s) => 10.5 - s * 0.06,
    ),
    tube(
      curve([
        [14, -16, 20],
        [26, 2, 20],
        [36, 14, 12],
      ]),
      (s) => 11 - s * 0.09,
    ),
    tube(
      curve([
        [-14, 4, -26],
        [-30, 12, -22],
        [-42, 14, -24],
      ]),
      6,
    ),
    tube(
      curve([
        [20, 2, -24],
        [32, 12, -22],
        [42, 16, -24],
      ]),
      6,
    ),
  );
  const branches = join(
    tube(
      curve([
        [-10, -18, 48],
        [-16, -20, 70],
        [-20, -18, 96],
      ]),
      6,
    ),
    tube(
      curve([
        [2, -6, 54],
        [4, -8, 72],
        [8, -6, 96],
      ]),
      4,
    ),
    tube(
      curve([
        [14, 10, 54],
        [20, 10, 72],
        [24, 8, 96],
      ]),
      5,
    ),
  );
  parts.push(part(chestHu.blood, join(cava, pulmonary)), part(chestHu.blood + 4, join(arch, branches)));
  // Calcium in the wall of the arch; small lymph nodes in the fat.
  parts.push(part(700, ellipsoid([28, 32, 46], [1.4, 4, 2.4])));
  for (const at of [
    [-18, -4, 42],
    [12, -20, 40],
    [-10, 22, -10],
    [20, 8, 30],
  ] as const)
    parts.push(part(38, ellipsoid(at, [4, 3, 5])));
  // The gullet with a little air.
  const gullet = tube(
    curve([
      [4, 22, 96],
      [6, 24, 30],
      [8, 24, -30],
      [10, 22, -90],
    ]),
    7,
  );
  parts.push(
    part(42, gullet),
    part(
      -700,
      tube(
        curve([
          [4, 21, 96],
          [6, 23, 30],
          [8, 23, -20],
        ]),
        1.8,
      ),
    ),
  );
  return parts;
}

function airways(numbers: ReturnType<typeof random>, right: Shape, left: Shape): Part[] {
  const parts: Part[] = [];
  const trachea = curve([
    [0, 2, 100],
    [0, 6, 60],
    [0, 11, 26],
  ]);
  const bronchi = [
    curve([
      [0, 10, 28],
      [-14, 13, 16],
      [-32, 16, 4],
      [-40, 20, -14],
      [-44, 28, -40],
    ]),
    curve([
      [0, 10, 28],
      [16, 14, 14],
      [34, 20, 4],
      [42, 26, -14],
      [46, 34, -40],
    ]),
    curve([
      [-26, 15, 8],
      [-40, 10, 16],
      [-54, 2, 28],
    ]),
    curve([
      [30, 18, 6],
      [44, 6, 14],
      [56, -8, 22],
    ]),
  ];
  const air = join(
    tube(trachea, 8.5),
    ...bronchi.map((line, i) => tube(line, (s) => (i < 2 ? 6.6 - Math.min(3.6, s * 0.045) : 3.8 - s * 0.04))),
  );
  parts.push(part(chestHu.wall, shrunk(air, -1.4)), part(chestHu.airway, air));
  for (const [lobe, roots] of [
    [
      right,
      [
        [-44, 28, -40],
        [-54, 2, 28],
        [-42, 22, -22],
      ],
    ],
    [
      left,
      [
        [46, 34, -40],
        [56, -8, 22],
        [44, 28, -22],
      ],
    ],
  ] as [Shape, LpsMm[]][]) {
    for (const root of roots) {
      const near = scatter(
        shrunk(lobe, 14),
        [
          [root[0] - 42, root[1] - 38, root[2] - 34],
          [root[0] + 42, root[1] + 38, root[2] + 34],
        ],
        5,
        0,
        numbers,
      );
      const keepOff = outside(ellipsoid(nodule.centre, [11, 11, 11]));
      for (const twig of tree(root, near, { twigMm: 0.9, exponent: 2.2, wobble: numbers, inside: keepOff })) {
        parts.push(part(-300, shrunk(twig, -0.8)));
        parts.push(part(chestHu.airway, twig));
      }
    }
  }
  return parts;
}

/** The oblique fissure: a thin sheet. */
function fissure(side: number, lobe: Shape): Part[] {
  const normal: Vec3 = [side * 0.1, -0.62, 0.778];
  const sheet = meet(lobe, half([side * 70, 0, 24], normal), outside(half([side * 70, 0, 23.2], normal)));
  const keepOff = outside(ellipsoid(nodule.centre, [12, 12, 12]));
  return [part(-700, meet(sheet, keepOff))];
}

function scapula(side: number): Part[] {
  const blade: LpsMm[] = [
    [side * 74, 76, 0],
    [side * 100, 66, 0],
    [side * 124, 50, 0],
  ];
  const line = curve(blade);
  const near = { station: 0, side: 0, across: 0 };
  const plate: Shape = {
    within: [{ centre: [side * 100, 64, 40], radiusMm: 90 }],
    distanceMm(x, y, z) {
      const gap = line.gapMm(x, y, 0);
      if (gap > 10) return gap - 6;
      line.nearest(x, y, 0, near);
      const thick = 1.7 + 3.2 * Math.exp(-(((near.station - line.lengthMm) / 7) ** 2));
      return 0.9 * Math.max(Math.hypot(near.side, near.across) - thick, -20 + near.station * -0.4 - z);
    },
  };
  return [...boneTube(plate, 1.1), ...boneTube(rod([side * 82, 84, 58], [side * 130, 60, 74], 5), 1.3)];
}
