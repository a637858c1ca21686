import { cross, normalize } from '../src/geometry/index.ts';
import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import { column, ellipsoid, half, join, meet, outside, part, shrunk } from './body.ts';
import type { Part, Shape } from './body.ts';
import { curve, tube } from './curve.ts';
import { random } from './random.ts';
import { spine, tissue } from './spine.ts';
import { ribs, scatter, tree, trunk } from './torso.ts';

/** Upper abdomen in the portal venous phase, T10 to L2, with a tumour in the right lobe of the liver. */
export const liverHu = {
  liver: 112,
  tumour: 62,
  vein: 178,
  aorta: 158,
  spleen: 124,
  cortex: 190,
  medulla: 150,
  stomach: 20,
  wall: 80,
  gall: 9,
  pancreas: 98,
  lung: -860,
  heart: 125,
} as const;

const first: Vec3 = normalize([0.82, 0.36, 0.44]);
const second: Vec3 = normalize(cross(first, [0.1, -0.5, 0.86]));
export const tumour = {
  centre: [-84, 6, 8] as LpsMm,
  semiAxesMm: [17, 12.5, 14] as readonly [number, number, number],
  axes: [first, second, cross(first, second)] as readonly [Vec3, Vec3, Vec3],
};
/** The hepatic vein that the needle has to pass by: a round tube near the tumour, straight where it is nearest. */
export const nearVein = {
  from: [-46, -20, -18] as LpsMm,
  to: [-60, 14, 34] as LpsMm,
  diameterMm: 7,
};

/** `contrast`: off leaves the same body with liver where the tumour is (for tests). */
export function liverParts(seed: number, { contrast = true } = {}): Part[] {
  const numbers = random(seed, 'liver anatomy');
  const body = trunk([168, 116], { fatMm: 13, wallMm: 12 });
  const parts: Part[] = [...body.parts];
  const cavity = body.cavity;
  for (const side of [-1, 1]) {
    parts.push(
      part(tissue.muscle, join(column([side * 34, 82], [26, 17], 2.3), column([side * 15, 86], [12, 13], 2.2))),
    );
    for (const [dx, dy] of [
      [32, 84],
      [44, 80],
      [22, 88],
    ] as const)
      parts.push(part(tissue.fat + 60, column([side * dx, dy], [1.1, 6])));
  }
  for (const side of [-1, 1]) {
    // Crura of the diaphragm and psoas.
    parts.push(
      part(
        tissue.muscle,
        tube(
          curve([
            [side * 13, 24, 40],
            [side * 16, 30, 0],
            [side * 18, 36, -40],
          ]),
          (s) => 6 + 0.02 * s,
        ),
      ),
      part(
        tissue.muscle,
        tube(
          curve([
            [side * 25, 50, -12],
            [side * 31, 48, -45],
            [side * 38, 44, -90],
          ]),
          (s) => 5 + Math.min(10, s * 0.2),
        ),
      ),
    );
  }

  // The right lobe fills the right upper part; the left lobe crosses the middle in front.
  const right = ellipsoid([-74, -4, -18], [84, 96, 98]);
  const left = ellipsoid(
    [-2, -50, 18],
    [82, 34, 46],
    [
      [0.97, 0.1, 0.2],
      [-0.13, 0.98, 0.15],
      [-0.18, -0.17, 0.97],
    ],
  );
  const inside = shrunk(cavity, 2.5);
  const behindHilum = outside(ellipsoid([0, 40, -30], [46, 52, 90]));
  const tip = half([-60, 0, -70], normalize([0.75, -0.25, -0.6]));
  const liver = join(meet(right, inside, behindHilum, tip), meet(left, inside));

  // Lungs above the domes, with the recesses behind and beside.
  const dome = join(
    ellipsoid([-74, -6, -24], [90, 102, 108]),
    ellipsoid([66, 0, -30], [84, 92, 104]),
    ellipsoid([0, -40, 10], [60, 62, 48]),
  );
  const lungs = meet(shrunk(cavity, 0.5), outside(shrunk(dome, -2)), outside(column([0, 34], [40, 44])));
  parts.push(part(tissue.muscle, meet(shrunk(cavity, 0.5), outside(shrunk(dome, 1.5)))));
  parts.push(part(tissue.fat, meet(cavity, dome)));
  parts.push(part(liverHu.lung, lungs));
  for (const side of [-1, 1]) {
    const ends = scatter(
      lungs,
      [
        [side < 0 ? -150 : 30, -80, 10],
        [side < 0 ? -30 : 150, 100, 95],
      ],
      46,
      4,
      numbers,
    );
    for (const twig of tree([side * 44, 30, 100], ends, {
      twigMm: 0.75,
      exponent: 2.6,
      wobble: numbers,
      inside: lungs,
    }))
      parts.push(part(40, twig));
  }
  const heart = ellipsoid([26, -44, 92], [62, 50, 44]);
  parts.push(part(tissue.fat + 20, shrunk(heart, -4)), part(liverHu.heart, heart));

  parts.push(...bowelAndStomach(inside, numbers));
  // Spleen, kidneys, pancreas.
  const spleen = meet(ellipsoid([104, 40, 14], [32, 52, 56]), inside, outside(ellipsoid([72, 20, 0], [34, 40, 50])));
  parts.push(part(liverHu.spleen, spleen));
  parts.push(...kidney(1));
  parts.push(
    part(
      liverHu.pancreas,
      tube(
        curve([
          [-24, -8, -44],
          [-12, -14, -34],
          [10, -12, -20],
          [36, 2, -10],
          [66, 20, 2],
        ]),
        (s) => 11 - s * 0.035,
      ),
    ),
  );

  parts.push(part(liverHu.liver, liver));
  parts.push(...kidney(-1));
  const gall = ellipsoid([-48, -52, -46], [15, 20, 28]);
  parts.push(part(tissue.fat + 70, meet(shrunk(gall, -2.2), half([0, 0, -44], [0, 0, 1]))));
  parts.push(part(liverHu.wall, shrunk(gall, -1.5)), part(liverHu.gall, gall));
  // The fissure of the round ligament.
  parts.push(part(tissue.fat, meet(ellipsoid([-6, -62, -8], [3.2, 17, 34]), shrunk(liver, -4))));

  parts.push(...vessels(liver, numbers));
  parts.push(
    ...spine({
      x: 0,
      front: 32,
      halfWidthMm: 22,
      depthMm: 31,
      pitchMm: 33,
      discMm: 7,
      levels: [82, 49, 16, -17, -50, -83],
    }),
  );
  parts.push(
    ...ribs({
      halfAxesMm: [146, 98],
      spineY: 62,
      heights: [118, 92, 66, 40, 14],
      fallMm: 66,
      reachDeg: 132,
    }),
    // The lower ones end freely.
    ...ribs({ halfAxesMm: [144, 97], spineY: 62, heights: [-12, -40], fallMm: 48, reachDeg: 74 }),
  );
  if (contrast) parts.push(part(liverHu.tumour, ellipsoid(tumour.centre, tumour.semiAxesMm, tumour.axes)));
  return parts;
}

function vessels(liver: Shape, numbers: ReturnType<typeof random>): Part[] {
  const parts: Part[] = [];
  const aorta = tube(
    curve([
      [6, 18, 110],
      [5, 16, 40],
      [3, 19, -20],
      [2, 20, -110],
    ]),
    10.5,
  );
  const cava = tube(
    curve([
      [-20, -4, 90],
      [-22, 6, 50],
      [-22, 14, 0],
      [-21, 20, -110],
    ]),
    11.5,
  );
  const portal = tube(
    curve([
      [8, -6, -44],
      [-8, -10, -24],
      [-26, -16, -6],
      [-44, -16, 2],
      [-58, -18, 6],
    ]),
    (s) => 7 - s * 0.02,
  );
  const splenic = tube(
    curve([
      [-2, -8, -32],
      [24, 4, -18],
      [56, 20, -2],
      [84, 36, 8],
    ]),
    4,
  );
  // Of the trees no twig comes within 7 mm of the tumour or 3 mm of the vein beside it.
  const keepOff = outside(
    join(shrunk(ellipsoid(tumour.centre, tumour.semiAxesMm, tumour.axes), -7), shrunk(nearVeinShape(), -3)),
  );
  const room = meet(shrunk(liver, 6), keepOff);
  const box: [LpsMm, LpsMm] = [
    [-150, -90, -90],
    [70, 90, 85],
  ];
  const inLiver = meet(shrunk(liver, 1), keepOff);
  const portalTree = tree([-50, -17, 4], scatter(room, box, 130, 0, numbers), {
    twigMm: 0.95,
    exponent: 2.3,
    wobble: numbers,
    inside: inLiver,
  });
  const hepaticTree = tree([-24, 0, 62], scatter(room, box, 70, 0, numbers), {
    twigMm: 1.15,
    exponent: 2.2,
    wobble: numbers,
    inside: inLiver,
  });
  for (const twig of [...portalTree, ...hepaticTree]) parts.push(part(liverHu.vein, twig));
  parts.push(part(tissue.muscle + 10, join(shrunk(aorta, -1.5), shrunk(cava, -0.8))));
  parts.push(part(liverHu.vein - 12, cava), part(liverHu.vein, join(portal, splenic)), part(liverHu.aorta, aorta));
  // A fleck of calcium in the wall of the aorta.
  parts.push(part(600, ellipsoid([12, 24.5, -30], [2.2, 2, 5])));
  parts.push(part(liverHu.vein, nearVeinShape()));
  const mesenteric = tube(
    curve([
      [4, 6, -10],
      [6, -6, -22],
      [8, -12, -50],
      [8, -16, -100],
    ]),
    3.8,
  );
  parts.push(part(liverHu.aorta, mesenteric));
  return parts;
}

/** The vein's straight piece, and how it goes on to the inferior vena cava. */
function nearVeinShape(): Shape {
  const { from, to, diameterMm } = nearVein;
  return tube(curve([from, to], [0, 1, 0]), diameterMm / 2);
}

function kidney(side: number): Part[] {
  const centre: LpsMm = [side * 62, 52, side < 0 ? -62 : -44];
  const lean: [Vec3, Vec3, Vec3] = [normalize([0.85, side * 0.5, 0]), normalize([-side * 0.5, 0.85, 0]), [0, 0, 1]];
  const hilum = ellipsoid([centre[0] - side * 22, centre[1] - 12, centre[2]], [13, 10, 17]);
  const whole = meet(ellipsoid(centre, [29, 24, 54], lean), outside(hilum));
  const parts = [part(tissue.fat, shrunk(whole, -5)), part(liverHu.cortex, whole)];
  for (const [dx, dz] of [
    [9, -30],
    [12, -15],
    [13, 0],
    [12, 15],
    [9, 30],
  ] as const)
    parts.push(
      part(liverHu.medulla, ellipsoid([centre[0] + side * (dx - 4), centre[1] + 3, centre[2] + dz], [8, 9, 6.4])),
    );
  parts.push(part(tissue.fat + 10, ellipsoid([centre[0] - side * 9, centre[1] - 6, centre[2]], [9, 7, 20], lean)));
  parts.push(
    part(
      liverHu.vein,
      tube(
        curve([
          [centre[0] - side * 12, centre[1] - 8, centre[2] + 2],
          [side * 32, 26, centre[2] + 8],
          [side * 12 - 6, 12, centre[2] + 12],
        ]),
        4,
      ),
    ),
  );
  return parts;
}

function bowelAndStomach(inside: Shape, numbers: ReturnType<typeof random>): Part[] {
  const outer = meet(
    join(
      ellipsoid([76, -22, 30], [44, 46, 46]),
      tube(
        curve([
          [78, -26, 10],
          [56, -44, -20],
          [22, -50, -38],
          [-14, -46, -40],
        ]),
        (s) => 24 - s * 0.08,
      ),
    ),
    inside,
  );
  const inner = shrunk(outer, 4);
  const parts = [
    part(liverHu.wall, outer),
    part(liverHu.stomach, inner),
    part(-960, meet(inner, half([0, -44, 0], [0, 1, 0]))),
  ];
  for (let i = 0; i < 60; i++) {
    const at: LpsMm = [40 + 70 * numbers.uniform(), -42 + 50 * numbers.uniform(), -20 + 80 * numbers.uniform()];
    parts.push(part(-60 + 130 * numbers.uniform(), meet(ellipsoid(at, [3.4, 2.6, 3]), inner)));
  }
  // The colon's flexures and loops below.
  for (const points of [
    [
      [-116, -20, -110],
      [-112, -24, -72],
      [-84, -44, -66],
      [-40, -72, -74],
      [10, -80, -82],
      [60, -72, -60],
      [106, -40, -30],
      [112, 0, -40],
      [110, 14, -110],
    ],
  ] as LpsMm[][]) {
    const line = curve(points);
    const wall = tube(line, (s) => 17 * (1 + 0.1 * Math.sin(s / 5)));
    const content = shrunk(wall, 2);
    parts.push(part(liverHu.wall, meet(wall, inside)), part(45, meet(content, inside)));
    parts.push(part(-940, meet(content, inside, half([0, -62, 0], [0, 1, 0.05]))));
  }
  for (let loop = 0; loop < 6; loop++) {
    const line = curve([
      [10 + loop * 13, -30 + 14 * Math.sin(loop * 2), -60],
      [26 + loop * 12, -44 + 10 * Math.cos(loop * 1.7), -70 - 4 * loop],
      [40 + loop * 9, -22 + 12 * Math.sin(loop), -84],
      [50 + loop * 4, -40, -112],
    ]);
    const wall = tube(line, 10.5);
    parts.push(part(liverHu.wall + 15, wall), part(25, shrunk(wall, 2)));
  }
  return parts;
}
