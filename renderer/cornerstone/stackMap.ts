import type { Series } from '../../src/dicom/index.ts';
import type { LpsMm, Vec2, Vec3 } from '../../src/geometry/index.ts';
import { cross, distance, norm, normalize, subtract } from '../../src/geometry/index.ts';
import type { PlaneMap } from './affine.ts';
import { invertPlaneMap } from './affine.ts';
import type { SlicePlane } from './slicePlane.ts';
import { distanceFromPlane, frameAt, hasPatientGeometry, pixelToPatient, slicePlane } from './slicePlane.ts';
import type { ViewMap } from './types.ts';

/** How frame `index` lies on an element of the given size, from the map of its pixels ([col, row] to CSS px). */
export function stackMap(series: Series, index: number, pixels: PlaneMap, size: Vec2): ViewMap {
  const plane = hasPatientGeometry(series) ? slicePlane(series, index) : null;
  const toPixel = invertPlaneMap(pixels);
  if (!plane) {
    const { instance, ref } = frameAt(series, index);
    return {
      in: 'image',
      on: {
        in: 'image',
        seriesInstanceUID: series.seriesInstanceUID,
        sopInstanceUID: instance.sopInstanceUID,
        frame: ref.frame,
      },
      toCanvas: pixels,
      toPoint: toPixel,
    };
  }
  const toPoint = (canvas: Vec2): LpsMm => pixelToPatient(plane, toPixel(canvas));
  const through = toPoint([size[0] / 2, size[1] / 2]);
  const oneRight = subtract(toPoint([size[0] / 2 + 1, size[1] / 2]), through);
  const oneDown = subtract(toPoint([size[0] / 2, size[1] / 2 + 1]), through);
  const right = normalize(oneRight);
  const down = normalize(oneDown);
  return {
    in: 'patient',
    on: {
      in: 'patient',
      frameOfReferenceUID: series.frameOfReferenceUID,
      seriesInstanceUID: series.seriesInstanceUID,
      part: series.part,
    },
    toCanvas: throughPlane(plane, pixels),
    plane: { through, right, down, normal: normalize(cross(right, down)) },
    toPoint,
    halfThicknessMm: halfStep(series, index, plane),
    millimetresPerPixel: norm(oneRight),
    projection: false,
  };
}

/** Patient point to its foot on the plane to pixel to canvas, as one affine map. */
function throughPlane(
  plane: SlicePlane,
  pixels: PlaneMap,
): [number, number, number, number, number, number, number, number] {
  const { row, column, origin, spacing } = plane;
  const slant = row[0] * column[0] + row[1] * column[1] + row[2] * column[2];
  const det = 1 - slant * slant;
  const colOf = (i: 0 | 1 | 2): number => (row[i] - slant * column[i]) / det / spacing[1];
  const rowOf = (i: 0 | 1 | 2): number => (column[i] - slant * row[i]) / det / spacing[0];
  const line = (a: number, b: number, c: number): [number, number, number, number] => {
    const x = a * colOf(0) + b * rowOf(0);
    const y = a * colOf(1) + b * rowOf(1);
    const z = a * colOf(2) + b * rowOf(2);
    return [x, y, z, c - x * origin[0] - y * origin[1] - z * origin[2]];
  };
  return [...line(pixels[0], pixels[1], pixels[2]), ...line(pixels[3], pixels[4], pixels[5])];
}

/** Half the way to the nearer neighbouring slice, mm; from the slice thickness where there is none. */
function halfStep(series: Series, index: number, plane: SlicePlane): number {
  const steps = [index - 1, index + 1]
    .filter((k) => k >= 0 && k < series.frames.length)
    .map((k) => slicePlane(series, k))
    .filter(
      (other) => other !== null && distance(other.row, plane.row) < 1e-3 && distance(other.column, plane.column) < 1e-3,
    )
    .map((other) => (other ? Math.abs(distanceFromPlane(plane, other.origin)) : 0))
    .filter((mm) => mm > 1e-3);
  const step: number = steps.length > 0 ? Math.min(...steps) : (frameAt(series, index).instance.sliceThicknessMm ?? 1);
  return step / 2;
}

/** The right and down directions of a stored frame in the patient, where its file says them (also of projections, for the letters). */
export function storedDirections(series: Series, index: number): readonly [Vec3, Vec3] | null {
  return frameAt(series, index).facts.orientation;
}
