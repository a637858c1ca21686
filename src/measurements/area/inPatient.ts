import type { LpsMm, Outline, Plane, Vec2, VolumeGeometry } from '../../geometry/index.ts';
import {
  along,
  cross,
  crossesItself,
  distanceToPlane,
  dot,
  flatPolygon,
  isLps,
  norm,
  normalize,
  patientToVoxel,
  planeBasis,
  subtract,
} from '../../geometry/index.ts';
import { outlineStatistics, planeStatistics } from '../../imaging/index.ts';
import type { Volume } from '../../imaging/index.ts';
import type { Note, Quantity } from '../../quantity/index.ts';
import type { Computed, Given, Run } from '../kind.ts';
import { crossingMessage } from './inImage.ts';
import { samePlaneMm, valuesInOwnSlice } from './inSlice.ts';
import type { AreaItem } from './item.ts';
import { inSpace } from './item.ts';
import { framePoints, inPatientOnly, outlineThrough } from './outlineOf.ts';
import { noValues, valuesOf } from './values.ts';

/** An outline of the patient in its own plane. */
interface Laid {
  readonly areaMm2: number;
  readonly strayMm: number;
  readonly plane: Plane | undefined;
  /** In mm along `axes` from the plane's point. */
  readonly outline: Outline | undefined;
  readonly axes: ReturnType<typeof planeBasis> | undefined;
}

function laid(item: AreaItem): Laid {
  const { polygon = [], ellipse } = item;
  const flat = ellipse === undefined ? flatPolygon(inPatientOnly(polygon)) : flatEllipse(ellipse);
  const { plane } = flat;
  if (plane === undefined) return { ...flat, outline: undefined, axes: undefined };
  const axes = planeBasis(plane.normal);
  const outline = outlineThrough(item, (p): Vec2 => {
    const arm = subtract(inSpace(p), plane.point);
    return [dot(arm, axes[0]), dot(arm, axes[1])];
  });
  return { ...flat, outline, axes };
}

function flatEllipse({ centre, axes }: NonNullable<AreaItem['ellipse']>): ReturnType<typeof flatPolygon> {
  const normal = cross(inSpace(axes[0]), inSpace(axes[1]));
  const plane = { point: inSpace(centre), normal: normalize(normal) };
  return { areaMm2: Math.PI * norm(normal), plane, strayMm: 0 };
}

const crosses = (outline: Outline | undefined): boolean => outline?.type === 'polygon' && crossesItself(outline.points);

/** Area, mm2, in the outline's own plane. */
export function areaInPatient(item: AreaItem): Computed {
  const { areaMm2, strayMm, outline } = laid(item);
  const area = (value: number | null): Quantity => ({ value, unit: 'mm2', uncertainty: null, basis: 'patient' });
  if (crosses(outline))
    return {
      results: { area: area(null) },
      notes: [{ code: 'crosses-itself', key: 'area', message: crossingMessage }],
    };
  const message = `The corners do not lie in one plane (up to ${strayMm.toFixed(1)} mm off it): the area is that of their projection.`;
  return {
    results: { area: area(areaMm2) },
    notes: strayMm > samePlaneMm ? [{ code: 'not-planar', key: 'area', message }] : [],
  };
}

/** Values inside: of the slice's own pixels where the outline lies in a slice, else interpolated in its plane. */
export function valuesInPatient(item: AreaItem, given: Given, run: Run): Computed {
  const { strayMm, plane, outline, axes } = laid(item);
  if (crosses(outline)) return noValues('crosses-itself', crossingMessage);
  if (strayMm > samePlaneMm)
    return noValues('not-planar', 'The corners do not lie in one plane: no pixels are inside.');
  if (given.series?.volume === null) return valuesInOwnSlice(item, given, run);
  const { signal } = run;
  const [pixels] = given.pixels;
  if (pixels === undefined) return noValues('no-pixels', 'The pixels of this series were not read.');
  if (!pixels.ok) return noValues(pixels.why.code, pixels.why.say);
  const volume = pixels.value;
  if (!('geometry' in volume)) return noValues('no-pixels', 'This series is no volume.');
  if (plane === undefined || outline === undefined || axes === undefined)
    return noValues('no-pixel-inside', 'The corners lie on one line: no pixels are inside.');
  const slice = sliceOf(item, volume.geometry);
  if (slice !== undefined) return valuesInSlice(item, volume, slice, signal);
  const fine = Math.min(...volume.geometry.spacing);
  const { statistics, stepMm } = planeStatistics(volume, { at: plane.point, axes }, outline, fine, signal);
  if (statistics.count === 0 && !statistics.whole) return noValues('outside', 'The outline lies outside the scan.');
  const message = `The outline lies in no slice: values were interpolated in its plane every ${stepMm.toFixed(2)} mm; count is their number.`;
  return valuesOf(statistics, volume.unit, [{ code: 'interpolated', key: 'mean', message }]);
}

interface Slice {
  readonly index: number;
  readonly plane: Plane;
  /** From the slice's plane to the outline, mm. */
  readonly offMm: number;
}

/** The slice nearest to an outline parallel to the slices; undefined for a slanted one. */
function sliceOf(item: AreaItem, geometry: VolumeGeometry): Slice | undefined {
  const { direction, spacing, origin, dimensions } = geometry;
  const normal = normalize(cross(direction[0], direction[1]));
  const stepMm = dot(direction[2], normal) * spacing[2];
  const depths = inPatientOnly(framePoints(item)).map((p) => distanceToPlane({ point: origin, normal }, p));
  const [low, high] = [Math.min(...depths), Math.max(...depths)];
  if (high - low > samePlaneMm) return undefined;
  const middle = (low + high) / 2;
  const index = Math.min(dimensions[2] - 1, Math.max(0, Math.round(middle / stepMm)));
  const point = along(origin, direction[2], index * spacing[2]);
  return { index, plane: { point, normal }, offMm: Math.abs(middle - index * stepMm) };
}

function valuesInSlice(item: AreaItem, volume: Volume, { index, plane, offMm }: Slice, signal?: AbortSignal): Computed {
  const { geometry, data, unit } = volume;
  const [columns, rows] = geometry.dimensions;
  const thickness = Math.abs(dot(geometry.direction[2], plane.normal)) * geometry.spacing[2];
  // Half a slice beyond the last one nothing was scanned.
  if (offMm > thickness / 2 + samePlaneMm) return noValues('outside', 'The outline lies outside the scan.');
  const outline = outlineThrough(item, (p): Vec2 => {
    const onSlice: LpsMm = isLps(p) ? along(p, plane.normal, -distanceToPlane(plane, p)) : inSpace(p);
    const [i, j] = patientToVoxel(geometry, onSlice);
    return [i, j];
  });
  const statistics = outlineStatistics({ data, columns, rows, offset: columns * rows * index }, outline, signal);
  const notes: Note[] = [];
  if (offMm > samePlaneMm) {
    const message = `The outline lies between slices: values are of the nearest, ${offMm.toFixed(1)} mm away.`;
    notes.push({ code: 'nearest-slice', key: 'mean', message });
  }
  return valuesOf(statistics, unit, notes);
}
