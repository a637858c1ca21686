import { cross, normalize } from '../src/geometry/index.ts';
import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import { column, ellipsoid, join, meet, part, shrunk } from './body.ts';
import type { Part, Shape } from './body.ts';
import { curve, tube } from './curve.ts';
import type { Stack } from './paint.ts';
import { random } from './random.ts';
import { scatter, tree } from './torso.ts';
import { lumen } from './vesselWall.ts';
import type { NarrowedArtery } from './vesselWall.ts';

/** Lower left thigh and knee, contrast-enhanced MR angiogram; arbitrary signal. */
export const mrSignal = {
  air: 0,
  blood: 1150,
  vein: 270,
  muscle: 160,
  fat: 265,
  skin: 150,
  cortex: 25,
  marrow: 225,
  fascia: 120,
} as const;

/** Middle of the thigh; the couch's middle is x = 0. */
const middle: LpsMm = [92, 6, 0];

// From the adductor canal to the hollow of the knee.
const axis = curve(
  [
    [64, -14, 122],
    [66, -8, 96],
    [70, 3, 66],
    [77, 16, 36],
    [84, 26, 6],
    [89, 32, -26],
    [91, 33, -60],
    [92, 33, -96],
    [92, 34, -122],
  ],
  [1, 0.4, 0],
  0.5,
);
export const popliteal: NarrowedArtery = {
  axis,
  startDiameterMm: 6.4,
  taper: 0.003,
  narrowing: { atMm: 112, lengthMm: 22, stenosisPercent: 55 },
};
export const geniculateAtMm = 166;
const leaves = axis.at(geniculateAtMm);
/** A side branch round the knee. */
export const geniculate = curve([
  leaves,
  [leaves[0] - 9, leaves[1] - 2, leaves[2] - 3],
  [leaves[0] - 20, leaves[1] - 14, leaves[2] - 4],
  [leaves[0] - 27, leaves[1] - 32, leaves[2] - 14],
]);
export const geniculateDiameterMm = 2;

const degrees = Math.PI / 180;
const across: Vec3 = normalize([Math.cos(24 * degrees), Math.sin(24 * degrees), 0.12]);
const down: Vec3 = normalize(cross(across, cross([0.06, 0.13, -1], across)));
/** Oblique coronal slices, turned and leaned along the artery: no axis of theirs is an axis of the patient. */
export const directions: Stack['directions'] = [across, down, cross(across, down)];

/** `contrast`: off leaves the artery as bright as muscle (for tests). */
export function mrParts(seed: number, { contrast = true } = {}): Part[] {
  const numbers = random(seed, 'mr anatomy');
  const [cx, cy] = middle;
  const leg = (halfX: number, halfY: number): Shape => ({
    // Narrower toward the knee.
    within: null,
    distanceMm: (x, y, z) => {
      const width = 1 + Math.max(-40, Math.min(130, z)) * 0.0019;
      const p = (x - cx) / (halfX * width);
      const q = (y - cy) / (halfY * width);
      const level = Math.sqrt(p * p + q * q);
      const sure = (level - 1) * Math.min(halfX, halfY) * 0.9;
      if (Math.abs(sure) > 2) return sure;
      return ((level - 1) * level) / Math.hypot(p / (halfX * width), q / (halfY * width));
    },
  });
  const parts: Part[] = [part(mrSignal.skin, leg(67, 70)), part(mrSignal.fat, leg(65.5, 68.5))];
  const inner = leg(56, 58);
  parts.push(part(mrSignal.fascia, inner), part(mrSignal.fat, shrunk(inner, 0.7)));
  // The muscles' bellies, thinner toward the knee.
  for (const [x, y, radius, end] of [
    [92, -30, 25, -14],
    [64, -24, 21, -22],
    [121, -20, 24, -22],
    [130, 14, 17, -60],
    [112, 38, 16, -122],
    [70, 40, 17, -122],
    [60, 20, 13, -70],
    [92, 50, 9, -20],
  ] as const) {
    const line = curve([
      [x - (x - cx) * 0.02, y, 150],
      [x, y, 70],
      [x + (cx - x) * 0.12, y + (y > 0 ? 1 : 4), 0],
      [x + (x - cx) * 0.02, y * 0.9, end],
    ]);
    const belly = tube(line, (s) => radius * (1 - 0.62 * (s / line.lengthMm) ** 2));
    parts.push(
      part(mrSignal.fascia, meet(belly, inner)),
      part(mrSignal.muscle, meet(shrunk(belly, 0.8), shrunk(inner, 1))),
    );
  }
  // Fat between the bundles of muscle.
  const streaks = scatter(
    shrunk(inner, 6),
    [
      [40, -50, -100],
      [145, 62, 130],
    ],
    70,
    2,
    numbers,
  );
  for (const [x, y, z] of streaks)
    parts.push(
      part(mrSignal.fat, meet(ellipsoid([x, y, z], [0.9 + numbers.uniform(), 4 * numbers.uniform() + 1.4, 16]), inner)),
    );
  const shaft = curve([
    [97, -8, 150],
    [96, -6, 60],
    [93, -4, 0],
    [92, -2, -40],
  ]);
  const femur = join(
    tube(shaft, (s) => 14 + Math.max(0, s - 110) * 0.12),
    ellipsoid([71, 2, -66], [21, 29, 25]),
    ellipsoid([113, 2, -66], [20, 29, 24]),
    ellipsoid([92, -8, -58], [24, 22, 26]),
  );
  const tibia = join(column([92, 0], [37, 25], 2.2, [-122, -98]), ellipsoid([92, 2, -104], [38, 26, 9]));
  parts.push(part(mrSignal.cortex, femur), part(mrSignal.marrow, meet(shrunk(femur, 1.8), inner)));
  parts.push(part(mrSignal.marrow + 10, tube(shaft, 7)));
  parts.push(part(mrSignal.cortex, tibia), part(mrSignal.marrow, shrunk(tibia, 1.8)));
  const patella = ellipsoid([92, -46, -48], [22, 11, 22]);
  parts.push(part(mrSignal.cortex, patella), part(mrSignal.marrow, shrunk(patella, 1.5)));

  // The vein beside the artery and the great saphenous vein in the fat under the skin.
  const vein = tube(
    curve(
      [140, 110, 80, 50, 20, -10, -40, -80, -130].map((z): LpsMm => {
        const station = 122 - z;
        const [x, y] = axis.at(Math.max(0, Math.min(axis.lengthMm, station * 1.03)));
        return [x + 3 + Math.max(0, z) * 0.02, y + 8.2, z];
      }),
    ),
    4,
  );
  const saphenous = tube(
    curve([
      [36, 10, 150],
      [33, 16, 60],
      [36, 22, -20],
      [42, 26, -130],
    ]),
    1.9,
  );
  parts.push(part(mrSignal.vein, join(vein, saphenous)));
  // The deep artery's branches in the muscles.
  const twigs = tree(
    [74, 20, 150],
    scatter(
      shrunk(inner, 8),
      [
        [45, -45, -60],
        [140, 55, 135],
      ],
      24,
      2,
      numbers,
    ),
    {
      twigMm: 0.55,
      exponent: 2.8,
      wobble: numbers,
    },
  );
  // None of them near the artery that is measured.
  for (const twig of twigs) {
    const clear = twig.within?.every(
      ({ centre, radiusMm }) => axis.gapMm(centre[0], centre[1], centre[2]) > radiusMm + 9,
    );
    if (clear === true) parts.push(part(mrSignal.blood * 0.8, twig));
  }
  const blood = contrast ? mrSignal.blood : mrSignal.muscle;
  parts.push(part(mrSignal.muscle, { ...tube(axis, 4.1) }));
  parts.push(part(mrSignal.blood, tube(geniculate, geniculateDiameterMm / 2)));
  parts.push(part(blood, lumen(popliteal)));
  return parts;
}
