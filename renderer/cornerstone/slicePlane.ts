import type { FrameFacts, FrameRef, Instance, Series } from '../../src/dicom/index.ts';
import { frameFacts } from '../../src/dicom/index.ts';
import type { LpsMm, PixelXY, Vec3 } from '../../src/geometry/index.ts';
import { along, cross, dot, normalize, subtract } from '../../src/geometry/index.ts';

/** How far apart the pixels of a frame are drawn: [down a column, along a row]; mm where the file gives any, else only their ratio. */
export type DrawnSpacing = readonly [number, number];

/** The plane of one frame in patient space: P = origin + row * columnSpacing * col + column * rowSpacing * row. */
export interface SlicePlane {
  /** Centre of the first pixel, LPS mm. */
  readonly origin: LpsMm;
  /** Unit vectors along increasing column index and increasing row index. */
  readonly row: Vec3;
  readonly column: Vec3;
  /** mm, [between rows, between columns]. */
  readonly spacing: readonly [number, number];
}

export function instanceOf(series: Series, ref: FrameRef): Instance {
  const instance = series.instances[ref.instance];
  if (!instance) throw new RangeError(`series ${series.key} has no instance ${ref.instance}`);
  return instance;
}

/** Frame k (from 0, in the series' order) with its instance and facts. */
export function frameAt(series: Series, index: number): { ref: FrameRef; instance: Instance; facts: FrameFacts } {
  const ref = series.frames[index];
  if (!ref) throw new RangeError(`series ${series.key} has no frame ${index}`);
  const instance = instanceOf(series, ref);
  return { ref, instance, facts: frameFacts(instance, ref.frame) };
}

/** Projections and ultrasound carry positions at times; their pixels still do not lie in the patient. */
const notInPatient = new Set(['XA', 'RF', 'DX', 'CR', 'MG', 'US', 'IVUS', 'SC', 'OT', 'XC', 'ES']);

/** Whether a point on this series' frames is a patient point: true positions, orientations and spacing of a cross-section. */
export function hasPatientGeometry(series: Series): boolean {
  if (series.volume) return true;
  if (notInPatient.has(series.modality) || series.why.includes('projection') || series.why.includes('ultrasound'))
    return false;
  return series.frames.length > 0 && series.frames.every((_, index) => slicePlane(series, index) !== null);
}

/** null where the frame has no place in the patient. */
export function slicePlane(series: Series, index: number): SlicePlane | null {
  const { facts } = frameAt(series, index);
  if (!facts.position || !facts.orientation || facts.pixelSpacing?.basis !== 'patient') return null;
  return {
    origin: facts.position,
    row: facts.orientation[0],
    column: facts.orientation[1],
    spacing: facts.pixelSpacing.mm,
  };
}

/** What Cornerstone is told of the distance of pixels, so that nothing is drawn squeezed. Never shown as mm. */
export function drawnSpacing(series: Series, index: number): DrawnSpacing {
  const { facts, instance } = frameAt(series, index);
  if (facts.pixelSpacing) return facts.pixelSpacing.mm;
  const [vertical, horizontal] = instance.pixelAspectRatio;
  return vertical > 0 && horizontal > 0 ? [vertical / horizontal, 1] : [1, 1];
}

/** Where the pixels of a frame run in the patient; null where it has no place there. mm: [between rows, between columns]. */
export function frameAxes(
  series: Series,
  index: number,
): { readonly axes: readonly [Vec3, Vec3]; readonly mm: readonly [number, number] } | null {
  const plane = slicePlane(series, index);
  return plane === null ? null : { axes: [plane.row, plane.column], mm: plane.spacing };
}

export function pixelToPatient(plane: SlicePlane, [col, row]: PixelXY): LpsMm {
  return along(along(plane.origin, plane.row, plane.spacing[1] * col), plane.column, plane.spacing[0] * row);
}

/** The pixel under the foot of the perpendicular from a patient point to the plane; exact where row and column are not quite square. */
export function patientToPixel(plane: SlicePlane, point: LpsMm): PixelXY {
  const d = subtract(point, plane.origin);
  const u = plane.row;
  const v = plane.column;
  const uv = dot(u, v);
  const det = 1 - uv * uv;
  return [(dot(d, u) - uv * dot(d, v)) / det / plane.spacing[1], (dot(d, v) - uv * dot(d, u)) / det / plane.spacing[0]];
}

export function planeNormal(plane: SlicePlane): Vec3 {
  return normalize(cross(plane.row, plane.column));
}

/** Signed distance of a point from the plane along row x column, mm. */
export function distanceFromPlane(plane: SlicePlane, point: LpsMm): number {
  return dot(subtract(point, plane.origin), planeNormal(plane));
}
