import { beforeAll, describe, expect, it } from 'vitest';
import type { EvaluatedItem } from '../../../src/measurements/index.ts';
import { makeVessel } from '../../support/vesselPhantom.ts';
import type { MadeVessel } from '../../support/vesselPhantom.ts';
import type { Vec3 } from '../../../src/geometry/index.ts';
import { along, cross, normalize, subtract } from '../../../src/geometry/index.ts';
import { followVessel } from '../../../src/imaging/index.ts';
import type { Volume } from '../../../src/imaging/index.ts';
import { gradeSentence } from '../../../src/measurements/vessel/grades.ts';
import { vesselSchema } from '../../../src/measurements/vessel/item.ts';
import { itemIn, itemOf, measure, numberOf, sourceOf } from '../support.ts';
import { centrelineOf, readVessel } from './read.ts';

const vesselItem = vesselSchema.parse(itemOf('vessel', { path: [[0, 0, 0], [0, 0, 1]] })); // prettier-ignore
/** A circle across the vessel. */
function ringAbout(at: Vec3, made: MadeVessel, radiusMm: number): { readonly at: Vec3; readonly outline: Vec3[] } {
  const ahead = normalize(subtract(made.end, made.start));
  const u = normalize(cross(ahead, [1, 0, 0]));
  const v = cross(ahead, u);
  const outline = Array.from({ length: 24 }, (_, k): Vec3 => {
    const angle = (2 * Math.PI * k) / 24;
    return along(along(at, u, radiusMm * Math.cos(angle)), v, radiusMm * Math.sin(angle));
  });
  return { at, outline };
}
const round = { diameterMm: 5.5, stenosis: 60, eccentric: false } as const;

describe('vessel', () => {
  let made: MadeVessel;
  let item: EvaluatedItem;
  beforeAll(async () => {
    made = makeVessel(round);
    item = await readVessel(made);
  });

  it('follows a curved 5.5 mm vessel: 56 mm within 0.5 mm, on average within 0.3 mm of its axis, never beyond 1 mm', () => {
    expect(Math.abs(numberOf(item, 'vesselLength') - made.lengthMm)).toBeLessThanOrEqual(0.5);
    const off = centrelineOf(item).map((p) => made.offAxisMm(p));
    expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThanOrEqual(0.3);
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
  });

  it('reads its 60 % narrowing: reference 0.25 mm, minimum 0.4 mm, diameter 5 and area 6 points, length 2 mm', () => {
    expect(Math.abs(numberOf(item, 'referenceDiameter') - made.referenceMm)).toBeLessThanOrEqual(0.25);
    expect(Math.abs(numberOf(item, 'minimumLumenDiameter') - made.minimumMm)).toBeLessThanOrEqual(0.4);
    expect(Math.abs(numberOf(item, 'diameterStenosis') - 60)).toBeLessThanOrEqual(5);
    expect(Math.abs(numberOf(item, 'areaStenosis') - 84)).toBeLessThanOrEqual(6);
    expect(Math.abs(numberOf(item, 'lesionLength') - made.lesionMm)).toBeLessThanOrEqual(2);
  });

  it('reads a lumen pushed to one wall, upright and tilted by 20 degrees, within the limits and 3 points of each other', async () => {
    const readings: EvaluatedItem[] = [];
    for (const tiltDeg of [0, 20]) {
      const aside = makeVessel({ ...round, eccentric: true, tiltDeg, seed: 5 });
      const read = await readVessel(aside);
      readings.push(read);
      expect(Math.abs(numberOf(read, 'vesselLength') - aside.lengthMm)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(numberOf(read, 'referenceDiameter') - 5.5)).toBeLessThanOrEqual(0.25);
      expect(Math.abs(numberOf(read, 'minimumLumenDiameter') - aside.minimumMm)).toBeLessThanOrEqual(0.4);
      expect(Math.abs(numberOf(read, 'diameterStenosis') - 60)).toBeLessThanOrEqual(5);
      expect(Math.abs(numberOf(read, 'areaStenosis') - 84)).toBeLessThanOrEqual(6);
      expect(Math.abs(numberOf(read, 'lesionLength') - aside.lesionMm)).toBeLessThanOrEqual(2);
      // Near to the middle of the lumen and to the axis of the vessel alike.
      for (const away of [aside.offLumenMm, aside.offAxisMm]) {
        const off = centrelineOf(read).map((p) => away(p));
        expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThanOrEqual(0.3);
        expect(Math.max(...off)).toBeLessThanOrEqual(1);
      }
    }
    const [upright, tilted] = readings.map((read) => numberOf(read, 'diameterStenosis'));
    expect(Math.abs((upright ?? 0) - (tilted ?? 99))).toBeLessThanOrEqual(3);
  });

  it('gives the same bits again, and the same numbers where the patient lies elsewhere', async () => {
    expect((await readVessel(made)).results).toEqual(item.results);
    const moved = await readVessel(makeVessel({ ...round, shift: [-120, 64, 512] }));
    for (const key of ['vesselLength', 'referenceDiameter', 'minimumLumenDiameter', 'diameterStenosis', 'lesionLength'])
      expect(Math.abs(numberOf(moved, key) - numberOf(item, key)), key).toBeLessThan(1e-6);
  });

  it('says NASCET of a carotid with its distance, and gives no percentage of a near-occlusion', async () => {
    const carotid = await readVessel(made, { territory: 'carotid', nearOcclusion: true });
    const said = carotid.notes.map(({ message }) => message).join(' ');
    expect(said).toMatch(/Method: NASCET, distal reference at \d+\.\d mm\./u);
    expect(said).toContain('Reference beyond a tight stenosis may be collapsed: device may be undersized.');
    expect(said).toContain('Near-occlusion: percentage not valid.');
    expect(carotid.results['diameterStenosis']).toMatchObject({ value: null });
  });

  it('names a class of a carotid only where its range lies on one side of 50 and 70 %, with its source', async () => {
    const moderate = await readVessel(made, { territory: 'carotid' });
    const said = moderate.notes.find(({ code }) => code === 'grade')?.message;
    expect(said).toMatch(
      /^Moderate \(50 to 69 %\): \d+ to \d+ %\. Grade from NASCET .*; boundaries set by this site\.$/u,
    );
    const other = await readVessel(made, { territory: 'carotid', reference: 'interpolated' });
    expect(other.notes.some(({ code }) => code === 'grade')).toBe(false);
    expect(other.notes.map(({ message }) => message).join(' ')).not.toContain('NASCET');
    expect(
      gradeSentence(
        { ...vesselItem, options: { territory: 'dialysis' } },
        { percent: 49, deviation: 2, nascet: false },
      ),
    ).toMatch(/^Not sure: Below 50 % or 50 % or more, the range is 45 to 53 %/u);
  });

  it('compares with a part placed by hand and with the vessel of the other side', async () => {
    const line = centrelineOf(item);
    const [a, b] = [line[2], line[14]];
    const placed = await readVessel(made, { reference: 'placed', referencePoints: [a, b] });
    expect(Math.abs(numberOf(placed, 'referenceDiameter') - 5.5)).toBeLessThanOrEqual(0.25);
    expect(placed.notes.find(({ code }) => code === 'method')?.message).toMatch(
      /^Method: reference placed by hand, \d/u,
    );
    const source = sourceOf({ volume: made.volume, series: { volume: made.volume.geometry } });
    const path = [made.start, made.end];
    const both = await measure(
      {
        left: itemOf('vessel', { path }),
        right: itemOf('vessel', { path, options: { reference: 'contralateral', contralateral: 'left' } }),
      },
      source,
    );
    expect(numberOf(itemIn(both, 'right'), 'referenceDiameter')).toBe(
      numberOf(itemIn(both, 'left'), 'referenceDiameter'),
    );
  });

  it('takes a wall and borders drawn by hand, keeps the wall where an end of the path moves, and says so', async () => {
    const narrowest = centrelineOf(item)[Math.round(numberOf(item, 'minimumPosition') / 0.5)] ?? [0, 0, 0];
    const at = { path: [made.start, made.end], contours: [ringAbout(narrowest, made, 1.5)] };
    const source = sourceOf({ volume: made.volume, series: { volume: made.volume.geometry } });
    const drawn = itemIn(await measure({ v: itemOf('vessel', at) }, source), 'v');
    const profile = drawn.results['profile'];
    if (profile === undefined || !('columns' in profile)) throw new Error('no profile');
    const place = Math.round(numberOf(item, 'minimumPosition') / 0.5);
    expect(Math.abs((profile.columns['minimumDiameter']?.[place] ?? 0) - 3)).toBeLessThan(0.1);
    expect(drawn.notes.some(({ message }) => message === 'Changed by hand.')).toBe(true);
    const shorter = itemIn(
      await measure({ v: itemOf('vessel', { ...at, path: [centrelineOf(item)[20], made.end] }) }, source),
      'v',
    );
    expect(shorter.notes.some(({ message }) => message === 'Changed by hand.')).toBe(true);
    const away = { ...at, contours: [ringAbout([narrowest[0] + 15, narrowest[1], narrowest[2]], made, 1.5)] };
    expect(itemIn(await measure({ v: itemOf('vessel', away) }, source), 'v').notes.map(({ code }) => code)).toContain(
      'contour-off-path',
    );
    const line = centrelineOf(item);
    const bordered = await readVessel(made, { lesion: [line[40], line[70]] });
    expect(Math.abs(numberOf(bordered, 'lesionLength') - 15)).toBeLessThan(0.3);
  });

  it('calls a closed vessel closed, 100 %, with the length between its stumps', async () => {
    const closed = await readVessel(makeVessel({ ...round, stenosis: 100 }));
    expect(numberOf(closed, 'minimumLumenDiameter')).toBe(0);
    expect(numberOf(closed, 'diameterStenosis')).toBe(100);
    expect(closed.notes.map(({ code }) => code)).toContain('occlusion');
    // Nothing is open over 4 mm, and less than the blur shows over 8.
    expect(numberOf(closed, 'lesionLength')).toBeGreaterThanOrEqual(3.5);
    expect(numberOf(closed, 'lesionLength')).toBeLessThanOrEqual(9);
  });

  it('finds the same with a point moved as anew: only the legs beside it are searched again', () => {
    const line = centrelineOf(item);
    const between = (n: number): Vec3 => line[n] ?? [0, 0, 0];
    const follow = (volume: Volume, middle: Vec3): { readonly found: unknown; readonly searched: number } => {
      const work = followVessel({ volume, modality: 'CT', points: [made.start, between(30), middle, made.end] });
      let searched = 0;
      for (let step = work.next(); ; step = work.next()) {
        if (step.done === true) return { found: step.value, searched };
        searched += step.value < 0.6 ? 1 : 0;
      }
    };
    follow(made.volume, between(70));
    expect(follow(made.volume, between(80)).found).toEqual(follow({ ...made.volume }, between(80)).found);
  });

  it('follows a path only in MR that is no angiography, and offers no stenosis there', async () => {
    const path = await readVessel(made, {}, { modality: 'MR' });
    expect(Object.keys(path.results).toSorted()).toEqual(['centreline', 'vesselLength']);
    expect(path.notes.map(({ code }) => code)).toEqual(expect.arrayContaining(['path-only', 'mr']));
  });

  it('refuses a plain CT with a sentence', async () => {
    const { volume } = made;
    const plain = { ...volume, data: Float32Array.from(volume.data, (value) => value / 5) };
    const source = sourceOf({ volume: plain, series: { volume: plain.geometry } });
    const { failed } = await measure({ v: itemOf('vessel', { path: [made.start, made.end] }) }, source);
    expect(failed[0]).toMatchObject({ code: 'no-contrast' });
    expect(failed[0]?.message).toContain('plain CT');
  });
});
