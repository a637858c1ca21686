import type { LpsMm, Vec3, VolumeGeometry } from '../../src/geometry/index.ts';
import { along, cross, dot, normalize, subtract, voxelToPatient } from '../../src/geometry/index.ts';
import type { Volume } from '../../src/imaging/index.ts';

/** A vessel whose every number is known: a circular arc leaning in space, with one narrowing. All mm and HU. */
export interface VesselPhantom {
  readonly diameterMm: number;
  /** Diameter change per mm of length. */
  readonly taper?: number;
  /** Per cent of the diameter lost at the narrowest place (along the short axis if `oval`). */
  readonly stenosis: number;
  /** The narrowing lies against one wall instead of in the middle. */
  readonly eccentric?: boolean;
  readonly blurMm?: number;
  readonly noise?: number;
  readonly spacing?: Vec3;
  /** Slices shifted against each other as by a tilted gantry, deg. */
  readonly tiltDeg?: number;
  readonly calcium?: boolean;
  /** A vein of 180 HU beside it, this far from wall to wall. */
  readonly veinGapMm?: number;
  readonly branch?: boolean;
  readonly seed?: number;
  /** The whole patient moved. */
  readonly shift?: Vec3;
}
export interface MadeVessel {
  readonly volume: Volume;
  readonly start: LpsMm;
  readonly end: LpsMm;
  /** Arc length between start and end. */
  readonly lengthMm: number;
  readonly referenceMm: number;
  readonly minimumMm: number;
  /** Between the places where 10 % of the diameter are lost. */
  readonly lesionMm: number;
  /** Distance of a point from the true axis of the arc. */
  offAxisMm(p: LpsMm): number;
  /** Distance of a point from the line through the middles of the lumen, which an eccentric narrowing pushes aside. */
  offLumenMm(p: LpsMm): number;
}

const [blood, tissue, calciumHu, veinHu] = [350, 50, 1000, 180];
const arcRadius = 60;
const half = 28;
const plateau = 4;
const shoulder = 5;

/** Of the diameter at an arc length from the middle: the part that is left. */
function openPart(s: number, stenosis: number): number {
  const depth = stenosis / 100;
  const far = Math.abs(s) - plateau / 2;
  if (far >= shoulder) return 1;
  return far <= 0 ? 1 - depth : 1 - (depth * (1 + Math.cos((Math.PI * far) / shoulder))) / 2;
}

/** Deterministic noise of a normal distribution. */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

export function makeVessel(phantom: VesselPhantom): MadeVessel {
  const { diameterMm, stenosis, taper = 0, blurMm = 0.6, noise = 20, spacing = [0.45, 0.45, 0.8] } = phantom;
  const shift = phantom.shift ?? [0, 0, 0];
  // The arc lies in a plane that is none of the volume's.
  const out = normalize([1, 0.5, 0.2]);
  const lean = normalize(along([0.25, 0.1, 1], out, -dot([0.25, 0.1, 1], out)));
  const up = cross(out, lean);
  const onArc = (s: number): Vec3 => {
    const angle = s / arcRadius;
    return along(along([0, 0, 0], out, arcRadius * (Math.cos(angle) - 1)), lean, arcRadius * Math.sin(angle));
  };
  const diameterAt = (s: number): number => (diameterMm + taper * s) * openPart(s, stenosis);
  const tilt = ((phantom.tiltDeg ?? 0) * Math.PI) / 180;
  const dimensions: Vec3 = [
    Math.ceil(46 / spacing[0]),
    Math.ceil((36 + 60 * Math.tan(tilt)) / spacing[1]),
    Math.ceil(66 / spacing[2]),
  ];
  const stack: Vec3 = [0, Math.sin(tilt), Math.cos(tilt)];
  const bare = { dimensions, spacing: [spacing[0], spacing[1], spacing[2] / Math.cos(tilt)] as Vec3, direction: [[1, 0, 0], [0, 1, 0], stack] as const }; // prettier-ignore
  const middle = subtract(voxelToPatient({ ...bare, origin: [0, 0, 0], correction: null }, [(dimensions[0] - 1) / 2, (dimensions[1] - 1) / 2, (dimensions[2] - 1) / 2]), [0, 0, 0]); // prettier-ignore
  const geometry: VolumeGeometry = { ...bare, origin: subtract([-4, -2, 0], middle), correction: tilt === 0 ? null : 'gantry-tilt' }; // prettier-ignore

  const valueAt = (p: Vec3): number => {
    // Nearest place on the arc, in closed form; the lumen is a disc across it.
    const [a, b, c] = [dot(p, out) + arcRadius, dot(p, lean), dot(p, up)];
    const s = arcRadius * Math.atan2(b, a);
    const radial = Math.hypot(a, b) - arcRadius;
    const full = (diameterMm + taper * s) / 2;
    const radius = diameterAt(s) / 2;
    const offset = phantom.eccentric === true ? full - radius : 0;
    if (Math.abs(s) < half + 12 && Math.hypot(radial - offset, c) < radius) return blood;
    if (
      phantom.calcium === true &&
      Math.abs(s) < 3 &&
      Math.hypot(radial, c) < full &&
      radial < -0.3 * full &&
      radius < full
    )
      if (Math.hypot(radial - offset, c) > radius + 0.3) return calciumHu;
    if (phantom.veinGapMm !== undefined && Math.hypot(radial, c - full - phantom.veinGapMm - 3) < 3) return veinHu;
    if (phantom.branch === true && c > 0 && Math.hypot(radial, s + 15) < 1.2) return blood;
    return tissue;
  };
  const over: Vec3 = [3, 3, 3];
  const [nx, ny, nz] = dimensions;
  let data: Float32Array = new Float32Array(nx * ny * nz);
  // Beyond this from the axis nothing changes within a voxel.
  const plain = diameterMm / 2 + 1.5 + (phantom.veinGapMm === undefined && phantom.branch !== true ? 0 : 14);
  for (let k = 0; k < nz; k += 1)
    for (let j = 0; j < ny; j += 1)
      for (let i = 0; i < nx; i += 1) {
        const centre = voxelToPatient(geometry, [i, j, k]);
        const corner = valueAt(centre);
        const [a, b] = [dot(centre, out) + arcRadius, dot(centre, lean)];
        const far = Math.hypot(Math.hypot(a, b) - arcRadius, dot(centre, up));
        let sum = 0;
        if (far > plain) sum = corner * 27;
        else
          for (let n = 0; n < 27; n += 1)
            sum += valueAt(voxelToPatient(geometry, [i + (n % 3) / over[0] - 1 / 3, j + (Math.floor(n / 3) % 3) / over[1] - 1 / 3, k + Math.floor(n / 9) / over[2] - 1 / 3])); // prettier-ignore
        data[i + nx * (j + ny * k)] = sum / 27;
      }
  data = blurred(data, geometry, blurMm);
  const normal = normals(phantom.seed ?? 1);
  for (let n = 0; n < data.length; n += 1) data[n] = (data[n] ?? 0) + noise * normal();

  const moved = (p: Vec3): LpsMm => [p[0] + shift[0], p[1] + shift[1], p[2] + shift[2]];
  let lesionMm = 0;
  for (let s = -half; s < half; s += 0.01) if (openPart(s, stenosis) < 0.9) lesionMm += 0.01;
  return {
    volume: { geometry: { ...geometry, origin: moved(geometry.origin) }, data, unit: 'HU' },
    start: moved(onArc(-half)),
    end: moved(onArc(half)),
    lengthMm: 2 * half,
    referenceMm: diameterMm,
    minimumMm: diameterAt(0),
    lesionMm,
    offAxisMm(at) {
      const p = subtract(at, shift);
      return Math.hypot(Math.hypot(dot(p, out) + arcRadius, dot(p, lean)) - arcRadius, dot(p, up));
    },
    offLumenMm(at) {
      const p = subtract(at, shift);
      const s = arcRadius * Math.atan2(dot(p, lean), dot(p, out) + arcRadius);
      const aside = phantom.eccentric === true ? (diameterMm + taper * s - diameterAt(s)) / 2 : 0;
      return Math.hypot(Math.hypot(dot(p, out) + arcRadius, dot(p, lean)) - arcRadius - aside, dot(p, up));
    },
  };
}

/** Gaussian in patient mm along x, y and z; a sheared stack's rows are moved to where they lie before z is blurred. */
function blurred(data: Float32Array, geometry: VolumeGeometry, sigmaMm: number): Float32Array {
  if (sigmaMm === 0) return data;
  const [nx, ny, nz] = geometry.dimensions;
  const counts = [nx, ny, nz];
  const strides = [1, nx, nx * ny];
  const pass = (
    from: Float32Array,
    stepMm: number,
    reachIn: (n: number) => readonly [number, number] | undefined,
    axis: 0 | 1 | 2,
  ): Float32Array => {
    const to = new Float32Array(from.length);
    const reach = Math.ceil((3.5 * sigmaMm) / stepMm);
    const [count, stride] = [counts[axis] ?? 1, strides[axis] ?? 1];
    const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, n) =>
      Math.exp(-(((n - reach) * stepMm) ** 2) / (2 * sigmaMm ** 2)),
    );
    const shears = Array.from({ length: 2 * reach + 1 }, (_, n) => reachIn(n - reach));
    const slanted = shears.some((shear) => shear !== undefined);
    for (let k = 0; k < nz; k += 1)
      for (let j = 0; j < ny; j += 1)
        for (let i = 0; i < nx; i += 1) {
          const n = i + nx * (j + ny * k);
          const at = axis === 0 ? i : axis === 1 ? j : k;
          let [sum, total] = [0, 0];
          for (let d = Math.max(-reach, -at); d <= Math.min(reach, count - 1 - at); d += 1) {
            const weight = weights[d + reach] ?? 0;
            const other = n + d * stride;
            let value = from[other] ?? 0;
            const shear = slanted ? shears[d + reach] : undefined;
            if (shear !== undefined) {
              const [whole, part] = shear;
              const line = (w: number): number => from[other + Math.min(ny - 1 - j, Math.max(-j, w)) * nx] ?? 0;
              value = line(whole) * (1 - part) + line(whole + 1) * part;
            }
            sum += weight * value;
            total += weight;
          }
          to[n] = sum / total;
        }
    return to;
  };
  const [sx, sy, sz] = geometry.spacing;
  const stacking = geometry.direction[2];
  const none = (): undefined => undefined;
  const byRow = pass(pass(data, sx, none, 0), sy, none, 1);
  // One slice up at the same place in the patient lies this many rows back.
  const rows = (-stacking[1] * sz) / sy;
  const shear = (d: number): readonly [number, number] => [Math.floor(d * rows), d * rows - Math.floor(d * rows)];
  return pass(byRow, sz * stacking[2], rows === 0 ? none : shear, 2);
}
