import {
  along,
  cross,
  distance,
  dot,
  norm,
  normalize,
  scale,
  subtract,
  type LpsMm,
  type Vec3,
  type VolumeGeometry,
} from '../geometry/index.ts';
import type { Note } from '../quantity/index.ts';
import type { FrameFacts, Why } from './types.ts';

/** Two planes nearer than this lie at one place, mm. */
export const SAME_PLACE_MM = 0.01;
/** Allowed departure from even spacing: 1 % of it or 0.01 mm, whichever is more (measures.md section 9). */
const UNEVEN_SHARE = 0.01;
const UNEVEN_MM = 0.01;
/** Lateral part of the step over its length from which a stack counts as sheared (measures.md section 9). */
const SHEARED = 0.001;
/** Gaps are missing slices while at most this share of the distances is a gap; beyond, the spacing is uneven. */
const GAP_SHARE = 0.34;

export interface Slice {
  readonly position: LpsMm;
  /** How a person finds it: the file's path or token. */
  readonly name: string;
}

export interface StackGeometry {
  readonly volume: VolumeGeometry | null;
  readonly why: readonly Why[];
  readonly notes: readonly Note[];
}

/** Millimetres along row x column, by which slices are sorted; never InstanceNumber or SliceLocation. */
export function sliceOffset(position: LpsMm, orientation: readonly [Vec3, Vec3]): number {
  return dot(position, cross(orientation[0], orientation[1]));
}

/**
 * The volume of a stack of parallel slices, from their positions alone.
 *
 * @param slices  at least two, ascending along row x column, no two at one place.
 * @returns the exact affine (sheared where the gantry was tilted), or null and why there is none, with the places.
 */
export function stackGeometry(
  slices: readonly Slice[],
  orientation: readonly [Vec3, Vec3],
  spacing: FrameFacts['pixelSpacing'],
  rows: number,
  columns: number,
): StackGeometry {
  const [row, column] = orientation;
  const normal = normalize(cross(row, column));
  const first = slices[0];
  const last = slices.at(-1);
  if (first === undefined || last === undefined || slices.length < 2)
    return { volume: null, why: ['single-image'], notes: [] };
  const extent = Math.abs(dot(subtract(last.position, first.position), normal));
  if (!(extent / (slices.length - 1) > SAME_PLACE_MM) || !Number.isFinite(extent))
    return {
      volume: null,
      why: ['uneven-spacing'],
      notes: [
        {
          code: 'uneven-spacing',
          message: `No 3D measuring here: the images lie side by side in one plane, not one behind the other; first ${where(first)} and ${where(slices[1] ?? last)}.`,
        },
      ],
    };
  const notes: Note[] = [];
  const step = scale(subtract(last.position, first.position), 1 / (slices.length - 1));
  const tilt = tiltOf(slices, normal);
  const tilted = tilt.share > SHEARED;
  const evenness = judge(slices, normal, step, tilt);
  if (evenness.why !== undefined) {
    if (tilted)
      notes.push({ code: 'gantry-tilt', message: `Slices were tilted by ${tilt.degrees.toFixed(1)} degrees.` });
    notes.push({
      code: evenness.why,
      message: `No 3D measuring here: ${evenness.reason} Within one slice, lengths, angles, areas and values can be measured.`,
    });
    return { volume: null, why: [evenness.why], notes };
  }
  if (spacing === null || spacing.basis !== 'patient') {
    notes.push({
      code: 'spacing-missing',
      message: 'The file gives no size of a pixel: its slices make no volume, and lengths in them are in pixels.',
    });
    return { volume: null, why: ['no-position'], notes };
  }
  if (tilted)
    notes.push({
      code: 'gantry-tilt',
      message: `Slices were tilted; geometry corrected exactly. The tilt is ${tilt.degrees.toFixed(1)} degrees: planes lie ${Math.abs(dot(step, normal)).toFixed(3)} mm apart, ${norm(step).toFixed(3)} mm along the table.`,
    });
  return {
    volume: {
      dimensions: [columns, rows, slices.length],
      spacing: [spacing.mm[1], spacing.mm[0], norm(step)],
      origin: first.position,
      direction: [row, column, normalize(step)],
      correction: tilted ? 'gantry-tilt' : null,
    },
    why: [],
    notes,
  };
}

interface Tilt {
  /** Direction of stacking, a unit vector: least-squares line through the slices' first pixels. */
  readonly direction: Vec3;
  readonly share: number;
  readonly degrees: number;
}

/** From the offsets along the normal, so that uneven distances do not disturb it. */
function tiltOf(slices: readonly Slice[], normal: Vec3): Tilt {
  const origin = slices[0]?.position ?? [0, 0, 0];
  const at = slices.map(({ position }) => dot(subtract(position, origin), normal));
  const meanAt = at.reduce((sum, t) => sum + t, 0) / at.length;
  let weight = 0;
  let slope: Vec3 = [0, 0, 0];
  slices.forEach(({ position }, i) => {
    const t = (at[i] ?? 0) - meanAt;
    weight += t * t;
    slope = along(slope, subtract(position, origin), t);
  });
  const direction = normalize(slope);
  const lateral = norm(subtract(direction, scale(normal, dot(direction, normal))));
  return {
    direction: weight > 0 ? direction : normal,
    share: lateral,
    degrees: (Math.asin(Math.min(1, lateral)) * 180) / Math.PI,
  };
}

function judge(
  slices: readonly Slice[],
  normal: Vec3,
  step: Vec3,
  tilt: Tilt,
): { why?: 'uneven-spacing' | 'missing-slices'; reason: string } {
  const origin = slices[0]?.position ?? [0, 0, 0];
  const evenStep = norm(step);
  const allowed = Math.max(UNEVEN_MM, UNEVEN_SHARE * evenStep);
  const onGrid = slices.every(({ position }, k) => distance(position, along(origin, step, k)) <= allowed);
  const gaps = slices.slice(1).map((slice, i) => {
    const before = slices[i] ?? slice;
    return { before, after: slice, mm: dot(subtract(slice.position, before.position), normal) };
  });
  const sorted = gaps.map(({ mm }) => mm).sort((a, b) => a - b);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const near = (mm: number) => Math.abs(mm - usual) <= Math.max(UNEVEN_MM, UNEVEN_SHARE * usual);
  if (onGrid && gaps.every(({ mm }) => near(mm))) return { reason: '' };
  const sideways = slices.some(({ position }) => {
    const t = dot(subtract(position, origin), normal) / dot(tilt.direction, normal);
    return distance(position, along(origin, tilt.direction, t)) > allowed;
  });
  if (sideways)
    return { why: 'uneven-spacing', reason: 'the slices do not lie one behind the other on a straight line.' };
  const wide = gaps.filter(({ mm }) => !near(mm));
  const whole = wide.every(({ mm }) => {
    const steps = Math.round(mm / usual);
    return steps >= 2 && Math.abs(mm - steps * usual) <= steps * Math.max(UNEVEN_MM, UNEVEN_SHARE * usual);
  });
  const place = ({ before, after, mm }: (typeof gaps)[number]) =>
    `${round(mm)} mm instead of ${round(usual)} mm between ${where(before)} and ${where(after)}`;
  if (wide.length > 0 && whole && wide.length <= Math.max(1, GAP_SHARE * gaps.length)) {
    const missing = wide.reduce((sum, { mm }) => sum + Math.round(mm / usual) - 1, 0);
    return {
      why: 'missing-slices',
      reason: `${missing} ${missing === 1 ? 'slice is' : 'slices are'} missing: ${listed(wide.map(place))}.`,
    };
  }
  const kinds = [...new Set(sorted.map(round))];
  const told =
    kinds.length <= 4 ? `distances of ${kinds.join(', ')} mm` : `distances from ${kinds[0]} to ${kinds.at(-1)} mm`;
  return {
    why: 'uneven-spacing',
    reason: `the slices are unevenly spaced, with ${told}; first ${wide[0] ? place(wide[0]) : 'by drift along the stack'}.`,
  };
}

function listed(places: readonly string[]): string {
  return places.length <= 4 ? places.join('; ') : `${places.slice(0, 4).join('; ')} and ${places.length - 4} more`;
}

function where({ position, name }: Slice): string {
  return `${name} (at ${position.map(round).join(', ')})`;
}

function round(mm: number): string {
  return String(Number(mm.toFixed(2)));
}
