import { describe, expect, it } from 'vitest';
import { buildSeries, seriesKey, type Instance } from '../../src/dicom/index.ts';
import { patientToVoxel, voxelToPatient } from '../../src/geometry/index.ts';
import { ctSlice, XA_IMAGE, type SliceOptions } from '../support/dicomCases.ts';
import { instanceIn } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';

const made = (options: SliceOptions, source = `file ${options.number ?? 1}`): Instance =>
  instanceIn(writeDicom(ctSlice(options)), source);
const stack = (heights: readonly number[], options: (z: number, i: number) => SliceOptions = () => ({})): Instance[] =>
  heights.map((z, i) => made({ number: i + 1, position: [0, 0, z], spacing: [0.5, 0.7], ...options(z, i) }));
const only = (instances: readonly Instance[]) => {
  const { series } = buildSeries(instances);
  expect(series).toHaveLength(1);
  const [first] = series;
  if (first === undefined) throw new Error('no series');
  return first;
};
const codes = (notes: readonly { code: string }[]) => notes.map(({ code }) => code);

describe('a stack of slices', () => {
  it('is ordered by position, whatever the numbers and the order of the files', () => {
    const got = only(stack([6, 2, 4, 0, 8]).reverse());
    expect(got.frames.map(({ instance }) => got.instances[instance]?.facts[0]?.position?.[2])).toEqual([0, 2, 4, 6, 8]);
    expect(got.volume).toEqual({
      dimensions: [8, 8, 5],
      spacing: [0.7, 0.5, 2],
      origin: [0, 0, 0],
      direction: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      correction: null,
    });
    expect([got.part, got.why, got.notes]).toEqual([null, [], []]);
    expect(got.key).toBe(seriesKey('1.2.826.1', null));
  });
  it('ascends along row x column: towards the feet where the rows run to the right', () => {
    const got = only(stack([0, 3, 6], () => ({ orientation: [-1, 0, 0, 0, 1, 0] })));
    expect(got.volume?.origin).toEqual([0, 0, 6]);
    expect(got.volume?.direction[2]?.[2]).toBe(-1);
  });
  it('puts every voxel where the header of its slice puts it, in an oblique stack', () => {
    const c = Math.cos(0.4);
    const s = Math.sin(0.4);
    const orientation = [c, s, 0, -s * c, c * c, s];
    const normal = [s * s, -c * s, c];
    const got = only(
      stack([0, 1, 2, 3], (z) => ({ orientation, position: normal.map((n, i) => n * z * 1.3 + [10, -20, 30][i]!) })),
    );
    const volume = got.volume;
    if (volume === null) throw new Error('no volume');
    const point = voxelToPatient(volume, [3, 2, 1]);
    const truth = [0, 1, 2].map(
      (i) => [10, -20, 30][i]! + normal[i]! * 1.3 + orientation[i]! * 0.7 * 3 + orientation[3 + i]! * 0.5 * 2,
    );
    truth.forEach((value, i) => expect(point[i]).toBeCloseTo(value, 6));
    expect(volume.correction).toBeNull();
  });
  it('tolerates 1 % of unevenness and rounded decimals', () => {
    expect(only(stack([0, 3.33, 6.67, 10, 13.33])).volume?.spacing[2]).toBeCloseTo(3.3325, 9);
    expect(only(stack([0, 1, 2.009, 3])).volume).not.toBeNull();
  });
});

describe('a stack that is no volume', () => {
  it('names a missing slice and its place', () => {
    const got = only(stack([0, 3, 6, 9, 15, 18, 21]));
    expect(got.volume).toBeNull();
    expect(got.why).toEqual(['missing-slices']);
    expect(got.notes[0]?.message).toContain('6 mm instead of 3 mm');
    expect(got.notes[0]?.message).toContain('1.2.826.1.4');
    expect(got.notes[0]?.message).toContain('1.2.826.1.5');
  });
  it('lies side by side in one plane: told, and no volume', () => {
    const beside = only(stack([0, 1, 2], (z) => ({ position: [0, 40 * z, 5] })));
    expect([beside.volume, beside.why]).toEqual([null, ['uneven-spacing']]);
    expect(beside.notes[0]?.message).toMatch(/lie side by side in one plane.*\(at 0, 0, 5\) and .*\(at 0, 40, 5\)/);
  });
  it('has a place a kilometre away: that picture has none', () => {
    const { series } = buildSeries(stack([0, 2, 4, 1e308], (z, i) => ({ number: i + 1, position: [0, 0, z] })));
    expect(new Map(series.map(({ frames, volume, why }) => [frames.length, [volume?.dimensions[2], why]]))).toEqual(
      new Map<number, unknown>([
        [3, [3, []]],
        [1, [undefined, ['single-image']]],
      ]),
    );
  });
  it('is uneven with two spacings, and tells both', () => {
    const got = only(stack([0, 1, 2, 3, 7, 11, 15]));
    expect(got.why).toEqual(['uneven-spacing']);
    expect(got.notes[0]?.message).toContain('1, 4 mm');
  });
  it('is uneven where the distances drift, though each is within a per cent of the next', () => {
    const heights = [0];
    for (let i = 0; i < 60; i++) heights.push((heights.at(-1) ?? 0) + 1 + i * 0.0009);
    expect(only(stack(heights)).why).toEqual(['uneven-spacing']);
  });
  it('is refused with tilt and unevenness both named', () => {
    const got = only(stack([0, 4, 8, 15, 22, 23.1], (z) => ({ position: [0, -z * Math.tan(0.3), z] })));
    expect(got.volume).toBeNull();
    expect(codes(got.notes)).toEqual(['gantry-tilt', 'uneven-spacing']);
    expect(got.notes[0]?.message).toContain('17.2 degrees');
  });
  it('says single-image, no-position and mixed-orientation', () => {
    expect(only(stack([0])).why).toEqual(['single-image']);
    expect(only(stack([0, 1], () => ({ more: { '0020,0032 DS': undefined } }))).why).toEqual(['no-position']);
    const fan = stack([0, 1, 2, 3, 4], (_, i) => ({
      orientation: [Math.cos(i * 0.3), Math.sin(i * 0.3), 0, 0, 0, -1],
    }));
    expect(only(fan).why).toEqual(['mixed-orientation']);
  });
  it('says projection, and keeps the frames in time', () => {
    const more: DicomElements = {
      '0008,0016 UI': XA_IMAGE,
      '0008,0060 CS': 'XA',
      '0028,0008 IS': '3',
      '0018,1063 DS': '66.6667',
      '7FE0,0010 OW': new Uint8Array(3 * 128),
      '0020,0032 DS': undefined,
      '0020,0037 DS': undefined,
      '0028,0030 DS': undefined,
    };
    const got = only([made({ more })]);
    expect(got.why).toEqual(['projection']);
    expect(got.frames.map(({ frame }) => frame)).toEqual([1, 2, 3]);
    expect(got.frameRate).toBeCloseTo(15, 4);
    expect(got.pixelSpacing).toBeNull();
  });
});

describe('a tilted stack', () => {
  it('is a sheared volume whose every voxel lies where the headers say', () => {
    const tilt = (15 * Math.PI) / 180;
    const orientation = [1, 0, 0, 0, Math.cos(tilt), -Math.sin(tilt)];
    const got = only(stack([0, 4, 8, 12], () => ({ orientation })));
    const { volume } = got;
    if (volume === null) throw new Error('no volume');
    expect(volume.correction).toBe('gantry-tilt');
    expect(volume.spacing[2]).toBeCloseTo(4, 12);
    expect(got.notes[0]?.message).toMatch(/^Slices were tilted; geometry corrected exactly\..*15\.0 degrees/);
    const index = patientToVoxel(volume, [1.4, Math.cos(tilt), 8 - Math.sin(tilt)]);
    [2, 2, 2].forEach((value, i) => expect(index[i]).toBeCloseTo(value, 6));
  });
});

describe('one series UID that holds several stacks', () => {
  it('parts a localizer from the slices', () => {
    const { series } = buildSeries([
      ...stack([0, 2, 4], (_, i) => ({ number: i + 2 })),
      made({
        number: 1,
        rows: 12,
        orientation: [0, 1, 0, 0, 0, -1],
        more: { '0008,0008 CS': 'ORIGINAL\\PRIMARY\\LOCALIZER' },
      }),
    ]);
    expect(series.map(({ part, frames }) => [part, frames.length])).toEqual([
      ['localizer', 1],
      ['images', 3],
    ]);
    expect(new Set(series.map(({ key }) => key)).size).toBe(2);
  });
  for (const [name, marks] of [
    ['acquisition number', (phase: number) => ({ '0020,0012 IS': String(phase) })],
    ['temporal position', (phase: number) => ({ '0020,0100 IS': String(phase) })],
    ['echo time', (phase: number) => ({ '0018,0081 DS': String(phase * 4.5) })],
    ['nothing but time', (phase: number, z: number) => ({ '0008,0032 TM': `0800${20 + phase}.${100 + z}` })],
    ['nothing but their numbers', () => ({})],
  ] as const)
    it(`parts three phases at the same places, told apart by ${name}`, () => {
      const phases = [1, 2, 3].flatMap((phase) =>
        [0, 2, 4, 6].map((z) =>
          made(
            { number: phase * 100 + z, position: [0, 0, z], intercept: -phase, more: marks(phase, z) },
            `${z} ${phase}`,
          ),
        ),
      );
      const { series } = buildSeries(phases);
      expect(series).toHaveLength(3);
      expect(new Set(series.map(({ part }) => part)).size).toBe(3);
      for (const one of series) {
        expect(one.volume?.dimensions[2]).toBe(4);
        expect(codes(one.notes)).toContain('split-into-parts');
        expect(new Set(one.instances.map(({ facts }) => facts[0]?.rescale.intercept)).size).toBe(1);
      }
    });
  it('parts patients, and says so', () => {
    const { series } = buildSeries([
      ...stack([0, 2]),
      ...stack([4, 6], (_, i) => ({ number: i + 10, more: { '0010,0020 LO': 'T2' } })),
    ]);
    expect(series.map(({ patient }) => patient.id)).toEqual(['T1', 'T2']);
    expect(codes(series[0]?.notes ?? [])).toContain('mixed-patients');
  });
  it('parts sizes and spacings', () => {
    expect(
      buildSeries([...stack([0, 2]), ...stack([4, 6], (_, i) => ({ number: i + 10, rows: 4 }))]).series,
    ).toHaveLength(2);
    expect(
      buildSeries([...stack([0, 2]), ...stack([4, 6], (_, i) => ({ number: i + 10, spacing: [0.9, 0.9] }))]).series,
    ).toHaveLength(2);
  });
  it('does not part slices that merely differ in acquisition, rescale or time', () => {
    const got = only(
      stack([0, 2, 4, 6], (z, i) => ({
        intercept: -1024 * (i % 2),
        more: { '0020,0012 IS': String(i), '0008,0032 TM': `08000${i}` },
      })),
    );
    expect(got.volume?.dimensions[2]).toBe(4);
  });
});

describe('the same image twice', () => {
  it('is counted once: the first by its path', () => {
    const copy = made({ number: 2, position: [0, 0, 2], spacing: [0.5, 0.7] }, 'a copy');
    const { series, duplicates } = buildSeries([...stack([0, 2, 4]), copy]);
    expect(series[0]?.frames).toHaveLength(3);
    expect(duplicates.map(({ kept, dropped }) => [kept.source, dropped.source])).toEqual([['a copy', 'file 2']]);
  });
  it('another image at the same place is named, with the one that is used', () => {
    const got = only([...stack([0, 2, 4, 6]), made({ number: 9, position: [0, 0, 2], spacing: [0.5, 0.7] })]);
    expect(got.volume?.dimensions[2]).toBe(4);
    const note = got.notes.find(({ code }) => code === 'duplicate-slices');
    expect(note?.message).toContain('1.2.826.1.2 is used, 1.2.826.1.9 is not');
  });
});

it('gives the same series for the same files in any order', () => {
  const files = [...stack([0, 2, 4]), ...stack([1, 2], (_, i) => ({ seriesUID: '1.9', number: i + 5 }))];
  const told = (list: readonly Instance[]) =>
    JSON.stringify([...buildSeries(list).series].sort((a, b) => (a.key < b.key ? -1 : 1)));
  expect(told([...files].reverse())).toBe(told(files));
});
