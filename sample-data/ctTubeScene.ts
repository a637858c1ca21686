import { along, distance, normalize, subtract } from '../src/geometry/index.ts';
import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import { curvedTube } from './curvedTube.ts';
import type { Grid, Optics } from './scanner.ts';
import { ellipticCylinder, sphere } from './solids.ts';

const degrees = Math.PI / 180;
const grid: Grid = { dimensions: [256, 256, 120], spacingMm: [0.6, 0.6, 0.8], origin: [-76.5, -76.5, -47.6] };
const optics: Optics = { blurSigmaMm: 0.6, samplesPerPixel: 3, samplesPerSlice: 4 };

const airHu = -1000;
const tissueHu = 40;
const lumenHu = 350;
const tumourHu = 110;
const cystHu = 5;
/** Half-axes of the trunk along x and y; it goes through the whole stack. */
const trunk = [70, 56] as const;

// The artery bends in a plane turned by 25 degrees about z and leaned by 12 degrees, so that no axis of it is an axis of
// the voxels.
const outward: Vec3 = [Math.cos(25 * degrees), Math.sin(25 * degrees), 0];
const sideways: Vec3 = [-Math.sin(25 * degrees), Math.cos(25 * degrees), 0];
const forward: Vec3 = normalize(along([0, 0, Math.cos(12 * degrees)], sideways, Math.sin(12 * degrees)));
const artery = curvedTube({
  apex: [-28, 8, 0],
  outward,
  forward,
  bendRadiusMm: 60,
  diameterMm: 6,
  narrowing: { atMm: 4, lengthMm: 18, stenosisPercent: 60 },
});

const tumour: { centre: LpsMm; radiusMm: number } = { centre: [22, -6, 6], radiusMm: 9 };
const cyst: { centre: LpsMm; radiusMm: number } = { centre: [46, -14, 0], radiusMm: 7 };

// The needle comes from the skin at the patient's left front, from below.
const skinAngle = -50 * degrees;
const entry: LpsMm = [trunk[0] * Math.cos(skinAngle), trunk[1] * Math.sin(skinAngle), -4];
const advance = normalize(subtract(tumour.centre, entry));
const needle = { entry, target: tumour.centre, advance, lengthMm: 100, diameterMm: 1.5 };

const tipToCentreMm = 10;
const tooDeepMm = 3;
const zone = {
  radiusMm: 16,
  tipToCentreMm,
  tooDeepMm,
  centre: along(tumour.centre, advance, tooDeepMm),
  tip: along(tumour.centre, advance, tooDeepMm + tipToCentreMm),
};

/** What lies where: all of it closed forms. Patient space, LPS mm. */
export const ctTubeScene = {
  grid,
  optics,
  noiseHu: 20,
  airHu,
  tissueHu,
  lumenHu,
  tumourHu,
  cystHu,
  trunk,
  artery,
  tumour,
  cyst,
  needle,
  zone,
  solids: [
    ellipticCylinder(trunk, tissueHu - airHu),
    artery.solid(lumenHu - tissueHu),
    sphere(tumour.centre, tumour.radiusMm, tumourHu - tissueHu),
    sphere(cyst.centre, cyst.radiusMm, cystHu - tissueHu),
  ],
  /** From the needle's axis, between skin and tumour's centre, to the cyst's centre. */
  needleToCystCentreMm: distanceToSegment(cyst.centre, needle.entry, needle.target),
};

function distanceToSegment(point: LpsMm, from: LpsMm, to: LpsMm): number {
  const direction = normalize(subtract(to, from));
  const [x, y, z] = subtract(point, from);
  const ahead = x * direction[0] + y * direction[1] + z * direction[2];
  const reached = Math.max(0, Math.min(distance(from, to), ahead));
  return distance(point, along(from, direction, reached));
}
