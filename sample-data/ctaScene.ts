import type { LpsMm } from '../src/geometry/index.ts';
import { column, ellipsoid, half, join, meet, part, rod, shrunk } from './body.ts';
import type { Part, Shape } from './body.ts';
import { curve, tube } from './curve.ts';
import type { Near } from './curve.ts';
import { random } from './random.ts';
import { spine, tissue } from './spine.ts';
import { boneTube, scatter, tree, trunk } from './torso.ts';
import { calcium, lumen, wall } from './vesselWall.ts';
import type { CalciumShape, NarrowedArtery } from './vesselWall.ts';

/** Lower abdomen in the arterial phase, from L4 to the sacrum; the patient's right iliac artery is narrowed. */
export const ctaHu = {
  lumen: 390,
  vein: 95,
  wall: 52,
  calcium: 950,
  bowelWall: 85,
  bowel: 22,
  stool: 60,
  gas: -930,
} as const;

// The axis of the right common and external iliac artery. It starts inside the aorta.
const axis = curve(
  [
    [1, 3, 60],
    [-5, 3, 44],
    [-15, 5, 27],
    [-25, 9, 9],
    [-32, 11, -8],
    [-37, 6, -25],
    [-44, -6, -42],
    [-52, -22, -60],
    [-58, -34, -74],
  ],
  [0.3, -1, 0],
  0.5,
);
export const iliac: NarrowedArtery = {
  axis,
  startDiameterMm: 9,
  taper: 0.015,
  narrowing: { atMm: 97, lengthMm: 20, stenosisPercent: 65 },
};
export const plaque: CalciumShape = { atMm: 97, lengthMm: 9, innerRadiusMm: 2.5, outerRadiusMm: 4.2, halfAngleDeg: 55 };
/** Where the internal iliac artery leaves, mm along the axis. */
export const branchAtMm = 68;
const branchFrom = axis.at(branchAtMm);
export const branch = curve([
  branchFrom,
  [branchFrom[0] + 2, branchFrom[1] + 9, branchFrom[2] - 9],
  [-27, 36, -22],
  [-25, 50, -40],
  [-30, 58, -66],
]);
export const branchDiameterMm = 4.8;
export const vein = curve([
  [-17, 17, 70],
  [-17, 17, 48],
  [-19, 18, 30],
  [-26, 21, 10],
  [-31, 23, -8],
  [-34, 17.5, -25],
  [-38, 4.5, -42],
  [-46, -12, -60],
  [-52, -24, -74],
]);
export const veinDiameterMm = 11;

/** `contrast`: off leaves the same body with unenhanced blood as the wall in the measured artery (for tests). */
export function ctaParts(seed: number, { contrast = true } = {}): Part[] {
  const numbers = random(seed, 'cta anatomy');
  const body = trunk([172, 112], { fatMm: 17, wallMm: 11 });
  const parts: Part[] = [...body.parts];

  // Muscles of the back and the psoas.
  const paraspinal = (side: number): Shape =>
    join(column([side * 37, 79], [27, 17], 2.3), column([side * 17, 84], [13, 13], 2.2));
  for (const side of [-1, 1]) {
    parts.push(part(tissue.muscle, paraspinal(side)));
    for (const [dx, dy] of [
      [34, 80],
      [46, 76],
      [26, 86],
    ] as const)
      parts.push(part(tissue.fat + 60, column([side * dx, dy], [1.2, 6])));
    // The rectus muscles in front, with fat between them.
    parts.push(part(tissue.muscle, meet(column([side * 31, -88], [27, 7], 2.4), shrunk(body.outline, 9))));
  }
  for (const side of [-1, 1]) {
    const psoas = tube(
      curve([
        [side * 36, 30, 80],
        [side * 44, 28, 40],
        [side * 54, 22, 0],
        [side * 62, 8, -40],
        [side * 72, -10, -80],
      ]),
      (s) => 18.5 - Math.abs(s - 80) * 0.045,
    );
    parts.push(part(tissue.muscle, psoas));
    parts.push(...wing(side));
  }
  parts.push(
    ...spine({
      x: 0,
      front: 20,
      halfWidthMm: 25,
      depthMm: 34,
      pitchMm: 37,
      discMm: 10,
      levels: [60, 23],
    }),
    ...sacrum(),
  );

  parts.push(...bowel(numbers));
  // Vessels of the mesentery.
  const fatOnly = meet(column([0, -30], [85, 38]), half([0, 0, 75], [0, 0, 1]));
  const twigs = tree(
    [8, -22, 78],
    scatter(
      fatOnly,
      [
        [-80, -70, -70],
        [80, 0, 70],
      ],
      44,
      3,
      numbers,
    ),
    {
      twigMm: 0.9,
      exponent: 3.4,
      wobble: numbers,
    },
  );
  for (const twig of twigs) parts.push(part(150, twig));

  // Veins first, then arteries over them.
  const vena = join(tube(vein, (s) => (veinDiameterMm / 2) * (s < 30 ? 1.5 - s / 60 : 1)));
  const leftVein = tube(
    curve([
      [-14, 17, 28],
      [2, 19, 18],
      [20, 22, 4],
      [31, 24, -12],
      [36, 14, -32],
      [44, -8, -56],
      [52, -24, -76],
    ]),
    5.5,
  );
  parts.push(part(tissue.muscle, join(shrunk(vena, -0.7), shrunk(leftVein, -0.7))));
  parts.push(part(ctaHu.vein, leftVein), part(ctaHu.vein, vena));

  const left = curve([
    [2, 3, 54],
    [9, 4, 42],
    [20, 8, 22],
    [30, 12, 2],
    [36, 9, -18],
    [44, -5, -42],
    [56, -28, -74],
  ]);
  const leftInternal = curve([left.at(70), [30, 26, -18], [26, 44, -36], [31, 56, -66]]);
  const aorta = tube(
    curve([
      [3, 3, 100],
      [2, 3, 70],
      [1, 3, 52],
    ]),
    9,
  );
  const others = join(aorta, tube(left, 4.3), tube(leftInternal, 2.3), tube(branch, branchDiameterMm / 2));
  parts.push(part(ctaHu.wall, shrunk(others, -1)), part(ctaHu.wall, wall(iliac, 1)));
  parts.push(part(ctaHu.lumen, others), part(contrast ? ctaHu.lumen : ctaHu.wall, lumen(iliac)));
  // The lumen of the branch opens into the artery; past the wall it is its own.
  parts.push(part(ctaHu.calcium, calcium(iliac, plaque)));
  for (const [at, angle] of [
    [[left.at(24)[0] + 2.5, left.at(24)[1] + 3.6, left.at(24)[2]], 0],
    [[left.at(46)[0] - 3.2, left.at(46)[1] + 3, left.at(46)[2]], 1],
  ] as const) {
    const bit: LpsMm = at;
    parts.push(part(ctaHu.calcium, ellipsoid(bit, angle === 0 ? [2.6, 1.1, 4] : [1, 2.2, 3])));
  }
  return parts;
}

/** One half of the pelvis: the wing of the ilium as a bent plate, with the gluteal muscles outside it. */
function wing(side: number): Part[] {
  const plate = curve([
    [side * 41, 71, 0],
    [side * 60, 62, 0],
    [side * 84, 44, 0],
    [side * 101, 18, 0],
    [side * 110, -12, 0],
  ]);
  const near: Near = { station: 0, side: 0, across: 0 };
  const flat: Shape = {
    within: [{ centre: [side * 80, 30, -30], radiusMm: 110 }],
    distanceMm: (x, y, z) => {
      // The plate leans outward toward the crest, and is thickest there and at the back.
      const lean = 0.2 * (z + 20);
      const gap = plate.gapMm(x - side * lean, y - 0.12 * (z + 20), 0);
      if (gap > 16) return 0.9 * (gap - 12);
      plate.nearest(x - side * lean, y - 0.12 * (z + 20), 0, near);
      const crest = 22 - 0.004 * (near.station - 62) ** 2;
      const thick = 4 + 4.5 * Math.exp(-((near.station / 22) ** 2)) + 3 * Math.exp(-(((z - crest) / 11) ** 2));
      return 0.93 * Math.max(Math.hypot(near.side, near.across) - thick, z - crest);
    },
  };
  const outer = tube(
    curve([
      [side * 62, 80, 26],
      [side * 64, 78, 0],
      [side * 68, 76, -40],
      [side * 70, 74, -90],
    ]),
    (s) => 10 + Math.min(14, s * 0.28),
  );
  const lateral = tube(
    curve([
      [side * 116, 26, 4],
      [side * 116, 26, -20],
      [side * 116, 24, -90],
    ]),
    (s) => 7 + Math.min(13, s * 0.3),
  );
  const iliacus = tube(
    curve([
      [side * 78, 26, 16],
      [side * 76, 24, -20],
      [side * 78, 10, -80],
    ]),
    (s) => 9 + Math.min(7, s * 0.12),
  );
  return [
    part(tissue.muscle, outer),
    part(tissue.muscle, lateral),
    part(tissue.muscle, iliacus),
    ...boneTube(flat, 1.5),
  ];
}

function sacrum(): Part[] {
  const block: Shape = meet(
    ellipsoid([0, 58, -34], [56, 26, 46]),
    half([0, 26, 0], [0, -0.92, 0.39]),
    half([0, 0, 2], [0, 0.42, 0.907]),
  );
  const parts = boneTube(block, 1.6);
  const spines = ellipsoid([0, 84, -26], [4, 9, 30]);
  parts.push(...boneTube(spines, 1.5), part(tissue.fat + 70, column([0, 70], [9, 5], 2, [-80, 2])));
  for (const side of [-1, 1])
    for (const z of [-16, -42])
      parts.push(part(tissue.fat + 60, rod([side * 19, 30, z - 6], [side * 17, 74, z + 4], 4.2)));
  parts.push(part(tissue.disc, meet(ellipsoid([0, 37, 3], [25, 17, 6]))));
  return parts;
}

function bowel(numbers: ReturnType<typeof random>): Part[] {
  const parts: Part[] = [];
  // Ascending (patient's right) and descending colon with stool and gas.
  for (const [side, radius] of [
    [-1, 22],
    [1, 14],
  ] as const) {
    const line = curve([
      [side * 104, 4, 90],
      [side * 103, 0, 40],
      [side * 98, -12, 0],
      [side * (side < 0 ? 88 : 92), -26, -40],
      [side * (side < 0 ? 70 : 76), -40, side < 0 ? -64 : -90],
    ]);
    const outer = tube(line, (s) => radius * (1 + 0.09 * Math.sin(s / 5.2)));
    const inner = shrunk(outer, 2.2);
    parts.push(part(ctaHu.bowelWall, outer), part(ctaHu.stool, inner));
    parts.push(part(ctaHu.gas, meet(inner, half([0, side < 0 ? -10 : -22, 0], [0, 1, 0.08]))));
    for (let i = 0; i < 44; i++) {
      const at = line.at(numbers.uniform() * line.lengthMm);
      const spot: LpsMm = [
        at[0] + (numbers.uniform() - 0.5) * radius,
        at[1] + (numbers.uniform() - 0.3) * radius,
        at[2],
      ];
      parts.push(part(-250 + 200 * numbers.uniform(), meet(ellipsoid(spot, [1.6, 1.3, 2]), inner)));
    }
  }
  // Loops of small bowel: folded tubes behind the front wall.
  for (let loop = 0; loop < 9; loop++) {
    const points: LpsMm[] = [];
    let x = -72 + (loop % 3) * 52;
    let z = 66 - Math.floor(loop / 3) * 46;
    for (let i = 0; i < 6; i++) {
      points.push([
        Math.max(-78, Math.min(78, x)),
        -52 + 12 * Math.sin(loop * 2.1 + i * 1.9) + (Math.abs(x) > 45 ? 8 : 0),
        z,
      ]);
      x += (i % 2 === 0 ? 1 : -1) * (26 + 22 * numbers.uniform());
      z -= 7 + 5 * numbers.uniform();
    }
    const line = curve(points);
    const radius = 10.5 + 2.5 * numbers.uniform();
    const outer = tube(line, (s) => radius * (1 + 0.05 * Math.sin(s / 3)));
    const inner = shrunk(outer, 2);
    parts.push(part(ctaHu.bowelWall, outer), part(ctaHu.bowel + 14 * (numbers.uniform() - 0.5), inner));
    if (loop % 4 === 1) parts.push(part(ctaHu.gas, meet(inner, half([0, -62, 0], [0, 1, 0]))));
  }
  return parts;
}
