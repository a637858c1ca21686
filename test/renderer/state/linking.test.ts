import { describe, expect, it } from 'vitest';
import {
  carriedTo,
  choosePair,
  dateRole,
  daysBetween,
  hangingOrder,
  linkedHere,
  offsetBetween,
  patientsAmong,
} from '../../../renderer/state/index.ts';
import type { Series } from '../../../src/dicom/index.ts';
import { outlineInPlane, type LpsMm, type Vec3 } from '../../../src/geometry/index.ts';
import { series as small } from '../workers/smallSeries.ts';

const patient = { name: 'Invented^Ida', id: 'A', birthDate: '19550714', sex: 'F' };
function made(
  key: string,
  more: Partial<Series> & { readonly date?: string; readonly studyUID?: string } = {},
): Series {
  const { date = '20260601', studyUID = 'now', ...rest } = more;
  return {
    ...small,
    key,
    seriesInstanceUID: key,
    patient,
    description: 'portal',
    frameOfReferenceUID: 'F1',
    study: { studyInstanceUID: studyUID, date, time: '', description: 'Liver' },
    ...rest,
  };
}
const by = { acrossDates: false };
const close = (a: readonly number[] | null, b: readonly number[]): void => {
  expect(a).not.toBeNull();
  a?.forEach((value, axis) => expect(value).toBeCloseTo(b[axis] ?? NaN, 9));
};

describe('linked scrolling', () => {
  const now = made('1');
  const prior = made('2', { studyUID: 'before', date: '20260309', frameOfReferenceUID: 'F2' });
  const stranger = made('3', { patient: { ...patient, id: 'B', name: 'Other^Otto' }, studyUID: 'other' });

  it('takes coordinates as they are within one study and frame of reference, and only there', () => {
    close(offsetBetween(now, made('4'), [], by), [0, 0, 0]);
    expect(offsetBetween(now, made('4', { frameOfReferenceUID: 'F9' }), [], by)).toBeNull();
    expect(offsetBetween(now, made('4', { frameOfReferenceUID: null }), [], by)).toBeNull();
    expect(offsetBetween(now, prior, [], by)).toBeNull();
  });

  it('takes two dates with one frame of reference as one place only where they are compared', () => {
    const later = made('5', { studyUID: 'before', date: '20260309' });
    expect(offsetBetween(now, later, [], by)).toBeNull();
    close(offsetBetween(now, later, [], { acrossDates: true }), [0, 0, 0]);
  });

  it('carries a point along the normal of an oblique plane and keeps its place within the plane', () => {
    const normal: Vec3 = [0, Math.sin(Math.PI / 6), Math.cos(Math.PI / 6)];
    const moved = carriedTo([10, 20, 30], [0, 4 * normal[1], 4 * normal[2]], normal);
    // The plane lies 4 mm from the origin; the point lay 10 + 30 cos 30 mm from it.
    const shift = 4 - (20 * normal[1] + 30 * normal[2]);
    close(moved, [10, 20 + shift * normal[1], 30 + shift * normal[2]]);
  });

  it('finds the slice of a sheared stack (tilted gantry) by position along its own normal', () => {
    // Slices tilted by 20 degrees whose origins climb straight along z, 5 mm apart: 5 cos 20 mm along the normal.
    const tilt = (20 * Math.PI) / 180;
    const normal: Vec3 = [0, -Math.sin(tilt), Math.cos(tilt)];
    const depths = Array.from({ length: 20 }, (_, k) => 5 * k * Math.cos(tilt));
    const point = carriedTo([0, 0, 47], [0, 0, 50], normal);
    const depth = point[1] * normal[1] + point[2] * normal[2];
    const nearest = depths.indexOf(depths.toSorted((a, b) => Math.abs(a - depth) - Math.abs(b - depth))[0] ?? NaN);
    expect(nearest).toBe(10);
  });

  it('links two dates by the offset of the places shown, in both directions', () => {
    const links = linkedHere(
      [
        { series: now, middle: [1, 2, 100] },
        { series: prior, middle: [4, -2, 137] },
      ],
      [],
      by,
    );
    expect(links).toHaveLength(1);
    close(offsetBetween(now, prior, links, by), [3, -4, 37]);
    close(offsetBetween(prior, now, links, by), [-3, 4, -37]);
    // Another series of the same date and frame of reference is linked with it.
    const arterial = made('6', { studyUID: 'before', date: '20260309', frameOfReferenceUID: 'F2' });
    close(offsetBetween(now, arterial, links, by), [3, -4, 37]);
    const again = linkedHere(
      [
        { series: prior, middle: [0, 0, 10] },
        { series: now, middle: [0, 0, 0] },
      ],
      links,
      by,
    );
    expect(again).toHaveLength(1);
    close(offsetBetween(now, prior, again, by), [0, 0, 10]);
  });

  it('never links two patients, whatever they have in common', () => {
    const places = [
      { series: now, middle: [0, 0, 0] as LpsMm },
      { series: stranger, middle: [0, 0, 5] as LpsMm },
    ];
    expect(linkedHere(places, [], { acrossDates: true })).toEqual([]);
    expect(offsetBetween(now, stranger, [], { acrossDates: true })).toBeNull();
    const forged = [{ from: 'now|F1', to: 'other|F1', offset: [0, 0, 5] as Vec3 }];
    expect(offsetBetween(now, stranger, forged, { acrossDates: true })).toBeNull();
    expect(patientsAmong([now, prior, stranger])).toEqual([now, stranger]);
  });
});

describe('two dates of one patient', () => {
  it('takes the newest two studies of the same body part, and of the other the series most alike', () => {
    const now = made('1');
    const same = made('2', { studyUID: 'b', date: '20260309', frameOfReferenceUID: 'F2' });
    const other = made('3', { studyUID: 'b', date: '20260309', description: 'lung', frameOfReferenceUID: 'F2' });
    const older = made('4', { studyUID: 'c', date: '20250309', frameOfReferenceUID: 'F3' });
    const all = [now, other, same, older];
    expect(choosePair(all, now)).toEqual({ current: now, prior: same });
    expect(choosePair(all, same)).toEqual({ current: now, prior: same });
    expect(choosePair(all, older)).toMatchObject({ current: { study: { date: '20260601' } }, prior: older });
  });

  it('asks where modality or body part differ, and never takes another patient', () => {
    const now = made('1');
    const magnetic = made('2', { modality: 'MR', studyUID: 'b', date: '20260309' });
    const stranger = made('3', { patient: { ...patient, id: 'B' }, studyUID: 'd', date: '20260309' });
    expect(choosePair([now, magnetic, stranger], now)).toBeNull();
  });

  it('says how many days the prior lies before the current one', () => {
    const now = made('1');
    const prior = made('2', { studyUID: 'b', date: '20260309' });
    expect(dateRole(prior, [now, prior])).toBe('prior, 84 days before');
    expect(dateRole(now, [now, prior])).toBe('current');
    expect(dateRole(now, [now, made('5')])).toBeNull();
    expect(daysBetween('20240228', '20240301')).toBe(2);
    expect(daysBetween('20251025', '20251026')).toBe(1);
    expect(daysBetween('', '20251026')).toBeNull();
  });
});

describe('hanging', () => {
  it('shows the phases of the series first, thin before thick, slices that lie alike, and the scout last', () => {
    const [instance] = small.instances;
    if (instance === undefined || small.volume === null) throw new Error('no instance');
    const [x, y, z] = small.volume.direction;
    const stack = (key: string, mm: number, more: Partial<Series> = {}): Series =>
      made(key, {
        instances: [{ ...instance, sliceThicknessMm: mm }],
        frames: Array.from({ length: 6 }, () => ({ instance: 0, frame: 1 })),
        ...more,
      });
    const first = stack('1', 2, { part: 'arterial' });
    const phase = stack('2', 5, { part: 'portal', seriesInstanceUID: '1' });
    const [thick, thin] = [stack('3', 5), stack('4', 1)];
    const sagittal = stack('7', 0.5, { volume: { ...small.volume, direction: [y, z, x] }, description: 'sagittal' });
    const scout = stack('5', 1, {
      volume: null,
      instances: [{ ...instance, imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }],
    });
    const otherDate = stack('6', 1, { study: { studyInstanceUID: 'b', date: '', time: '', description: '' } });
    const all = [scout, sagittal, thick, otherDate, first, phase, thin];
    expect(hangingOrder(all, first, 9).map(({ key }) => key)).toEqual(['1', '2', '4', '3', '7', '5']);
  });
});

describe('the line in which one slice cuts another', () => {
  const slice: readonly LpsMm[] = [
    [-50, -40, 7],
    [50, -40, 7],
    [50, 40, 7],
    [-50, 40, 7],
  ];
  it('runs across the whole slice and ends at its edges', () => {
    const line = outlineInPlane(slice, { point: [12, 0, 0], normal: [1, 0, 0] });
    expect(line?.toSorted((a, b) => a[1] - b[1])).toEqual([
      [12, -40, 7],
      [12, 40, 7],
    ]);
  });
  it('is slanted where the planes are: a plane through y = z - 7 + x / 2', () => {
    const scale = Math.hypot(0.5, 1, 1);
    const line = outlineInPlane(slice, { point: [0, 0, 7], normal: [0.5 / scale, -1 / scale, 1 / scale] });
    const ends = line?.toSorted((a, b) => a[0] - b[0]) ?? [];
    close(ends[0] ?? null, [-50, -25, 7]);
    close(ends[1] ?? null, [50, 25, 7]);
  });
  it('is not there where the slice lies beside the plane or in it', () => {
    expect(outlineInPlane(slice, { point: [60, 0, 0], normal: [1, 0, 0] })).toBeNull();
    expect(outlineInPlane(slice, { point: [0, 0, 7], normal: [0, 0, 1] })).toBeNull();
  });
});
