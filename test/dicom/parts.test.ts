import { describe, expect, it } from 'vitest';
import { buildSeries, type Instance, type Series } from '../../src/dicom/index.ts';
import { ctSlice, type SliceOptions } from '../support/dicomCases.ts';
import { instanceIn } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';

let serial = 0;
const made = (z: number, more: DicomElements, options: SliceOptions = {}): Instance => {
  serial += 1;
  return instanceIn(writeDicom(ctSlice({ number: serial, position: [0, 0, z], ...options, more })), `file ${serial}`);
};
const stack = (heights: readonly number[], more: (z: number) => DicomElements, options: SliceOptions = {}) =>
  heights.map((z) => made(z, more(z), options));
const parts = (instances: readonly Instance[]) => buildSeries(instances).series;
const told = (series: readonly Series[]) =>
  series.map(({ part, frames, volume }) => [part, frames.length, volume?.spacing[2]]);
const codes = (series: Series | undefined) => (series?.notes ?? []).map(({ code }) => code);
const four = [0, 2, 4, 6];

describe('what tells the parts of a series apart is said in words', () => {
  it('acquisitions by number and clock time', () => {
    const at = (number: string, time: string) => () => ({ '0020,0012 IS': number, '0008,0032 TM': time });
    expect(told(parts([...stack(four, at('1', '080000')), ...stack(four, at('2', '080035.5'))]))).toEqual([
      ['acquisition 1, 08:00:00', 4, 2],
      ['acquisition 2, 08:00:35', 4, 2],
    ]);
  });
  it('phases by the name that the files give them, only where each has its own', () => {
    const named = (number: string, name: string) => () => ({ '0020,0012 IS': number, '0020,4000 LT': name });
    expect(
      told(parts([...stack(four, named('1', 'arterial phase')), ...stack(four, named('2', 'venous phase'))])),
    ).toEqual([
      ['arterial phase', 4, 2],
      ['venous phase', 4, 2],
    ]);
    expect(parts([...stack(four, named('1', 'abdomen')), ...stack(four, named('2', 'abdomen'))])[0]?.part).toBe(
      'acquisition 1',
    );
  });
  it('phases by their series descriptions, where one UID carries several', () => {
    const named = (number: string, name: string) => () => ({ '0020,0012 IS': number, '0008,103E LO': name });
    expect(
      parts([...stack(four, named('1', 'Liver ART')), ...stack(four, named('2', 'Liver PV'))]).map(({ part }) => part),
    ).toEqual(['Liver ART', 'Liver PV']);
  });
  for (const [name, more, labels] of [
    ['echo times', (k: number) => ({ '0018,0081 DS': String(4.6 * k) }), ['echo 4.6 ms', 'echo 9.2 ms']],
    ['temporal positions', (k: number) => ({ '0020,0100 IS': String(k) }), ['time 1', 'time 2']],
    ['b-values', (k: number) => ({ '0018,9087 FD': 500 * k }), ['b 500 s/mm2', 'b 1000 s/mm2']],
    ['cardiac phases', (k: number) => ({ '0020,9241 FL': 35 * k }), ['cardiac phase 35 %', 'cardiac phase 70 %']],
    ['trigger times', (k: number) => ({ '0018,1060 DS': String(100 * k) }), ['trigger 100 ms', 'trigger 200 ms']],
    [
      'inversion times',
      (k: number) => ({ '0018,0082 DS': String(700 * k) }),
      ['inversion 700 ms', 'inversion 1400 ms'],
    ],
    ['tube voltages', (k: number) => ({ '0018,0060 DS': String(70 * k) }), ['70 kV', '140 kV']],
    ['kernels', (k: number) => ({ '0018,1210 SH': k === 1 ? 'B30f' : 'B70f' }), ['kernel B30f', 'kernel B70f']],
    ['kinds of image', (k: number) => ({ '0008,0008 CS': `ORIGINAL\\PRIMARY\\${k === 1 ? 'M' : 'P'}` }), ['M', 'P']],
  ] as const)
    it(`${name}`, () => {
      const series = parts([1, 2].flatMap((k) => stack(four, () => more(k))));
      expect(series.map(({ part }) => part)).toEqual(labels);
      for (const one of series) {
        expect(one.volume?.dimensions[2]).toBe(4);
        expect(one.notes.find(({ code }) => code === 'split-into-parts')?.message).toContain(labels.join('; '));
      }
    });
  it('directions of diffusion by their number', () => {
    const along = (v: readonly number[]) => () => ({ '0018,9087 FD': 800, '0018,9089 FD': v });
    const series = parts(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ].flatMap((v) => stack(four, along(v))),
    );
    expect(series.map(({ part }) => part)).toEqual(['direction 1', 'direction 2', 'direction 3']);
  });
  it('two things at once, each named', () => {
    const both = (t: number, e: number) => () => ({ '0020,0100 IS': String(t), '0018,0081 DS': String(e) });
    const series = parts([1, 2].flatMap((t) => [5, 10].flatMap((e) => stack(four, both(t, e)))));
    expect(series.map(({ part }) => part)).toEqual([
      'time 1, echo 5 ms',
      'time 1, echo 10 ms',
      'time 2, echo 5 ms',
      'time 2, echo 10 ms',
    ]);
  });
  it('gantry positions by plane and tilt', () => {
    const tilted = (degrees: number) => {
      const t = (degrees * Math.PI) / 180;
      return { orientation: [1, 0, 0, 0, Math.cos(t), Math.sin(t)] };
    };
    const series = parts([...stack(four, () => ({}), tilted(0)), ...stack([20, 22, 24], () => ({}), tilted(18))]);
    expect(series.map(({ part }) => part)).toEqual(['axial, tilted 0.0°', 'axial, tilted 18.0°']);
  });
});

describe('phases whose places do not meet', () => {
  const of = (number: number) => () => ({ '0020,0012 IS': String(number) });
  it('shifted by a third of a slice, are parted by their acquisition', () => {
    const series = parts([...stack([0, 3, 6, 9, 12], of(1)), ...stack([1, 4, 7, 10, 13], of(2))]);
    expect(told(series)).toEqual([
      ['acquisition 1', 5, 3],
      ['acquisition 2', 5, 3],
    ]);
  });
  it('shifted by half a slice, are parted where they are other times, though together they would look even', () => {
    const time = (number: number) => () => ({ '0020,0100 IS': String(number) });
    expect(told(parts([...stack([0, 2, 4, 6], time(1)), ...stack([1, 3, 5, 7], time(2))]))).toEqual([
      ['time 1', 4, 2],
      ['time 2', 4, 2],
    ]);
  });
  it('interleaved slices of one picture, in two acquisitions, stay one volume', () => {
    expect(told(parts([...stack([0, 2, 4, 6], of(1)), ...stack([1, 3, 5, 7], of(2))]))).toEqual([[null, 8, 1]]);
  });
  it('a stack that is uneven within one acquisition stays refused', () => {
    const [series] = parts(stack([0, 1, 2, 3, 7, 11, 15], of(1)));
    expect([series?.part, series?.why]).toEqual([null, ['uneven-spacing']]);
  });
  it('a missing slice between two acquisitions stays a missing slice', () => {
    const [series] = parts([...stack([0, 3, 6, 9], of(1)), ...stack([15, 18, 21], of(2))]);
    expect(series?.why).toEqual(['missing-slices']);
  });
});

describe('two patients under one series UID', () => {
  it('are parted by their IDs', () => {
    const series = parts([...stack([0, 2], () => ({})), ...stack([4, 6], () => ({ '0010,0020 LO': 'T2' }))]);
    expect(series.map(({ part }) => part)).toEqual(['patient T1', 'patient T2']);
    expect(codes(series[0])).toContain('mixed-patients');
  });
  it('are parted by their names where they share an ID', () => {
    const series = parts([...stack([0, 2], () => ({})), ...stack([4, 6], () => ({ '0010,0010 PN': 'Other^Body' }))]);
    expect(series).toHaveLength(2);
    expect(new Set(series.map(({ key }) => key)).size).toBe(2);
    expect(codes(series[1])).toContain('mixed-patients');
  });
  it('are one where the name is only written otherwise', () => {
    const series = parts([...stack([0, 2], () => ({})), ...stack([4, 6], () => ({ '0010,0010 PN': 'TEST PERSON' }))]);
    expect(told(series)).toEqual([[null, 4, 2]]);
  });
});

describe('an enhanced multi-frame image', () => {
  interface FrameMade {
    readonly z: number;
    readonly content?: DicomElements;
    readonly groups?: DicomElements;
  }
  const enhanced = (frames: readonly FrameMade[], more: DicomElements = {}) => {
    const classic = ctSlice({ rows: 2, columns: 2 });
    const dropped = ['0020,0032 DS', '0020,0037 DS', '0028,0030 DS', '0028,1052 DS', '0028,1053 DS', '0028,1054 LO'];
    return instanceIn(
      writeDicom({
        ...classic,
        ...Object.fromEntries(dropped.map((key) => [key, undefined])),
        '0028,0008 IS': String(frames.length),
        '7FE0,0010 OW': new Uint8Array(8 * frames.length),
        '5200,9229 SQ': [
          { '0020,9116 SQ': [{ '0020,0037 DS': '1\\0\\0\\0\\1\\0' }], '0028,9110 SQ': [{ '0028,0030 DS': '1\\1' }] },
        ],
        '5200,9230 SQ': frames.map(({ z, content, groups }) => ({
          '0020,9113 SQ': [{ '0020,0032 DS': `0\\0\\${z}` }],
          ...(content ? { '0020,9111 SQ': [content] } : {}),
          ...groups,
        })),
        ...more,
      }),
    );
  };
  it('of two slabs is two stacks, by Stack ID', () => {
    const slab = (id: string, from: number) => [0, 2, 4].map((z) => ({ z: from + z, content: { '0020,9056 SH': id } }));
    expect(told(parts([enhanced([...slab('A', 0), ...slab('B', 50)])]))).toEqual([
      ['stack A', 3, 2],
      ['stack B', 3, 2],
    ]);
  });
  it('with a dimension of its own is parted by its index', () => {
    const dimension = { '0020,9165 AT': 0x00189087, '0020,9167 AT': 0x00189117 };
    const place = { '0020,9165 AT': 0x00209057, '0020,9167 AT': 0x00209111 };
    const frames = [1, 2].flatMap((k) => [0, 3, 6].map((z, i) => ({ z, content: { '0020,9157 UL': [i + 1, k] } })));
    expect(told(parts([enhanced(frames, { '0020,9222 SQ': [place, dimension] })]))).toEqual([
      ['index 1', 3, 3],
      ['index 2', 3, 3],
    ]);
  });
  it('whose numbers in the stack disagree with the positions follows the positions, and says so', () => {
    const frames = [4, 0, 2].map((z, i) => ({ z, content: { '0020,9057 UL': i + 1 } }));
    const [series] = parts([enhanced(frames)]);
    expect(series?.frames.map(({ frame }) => frame)).toEqual([2, 3, 1]);
    expect(codes(series)).toEqual(['frame-order-disagrees']);
    const descending = [4, 2, 0].map((z, i) => ({ z, content: { '0020,9057 UL': i + 1 } }));
    expect(codes(parts([enhanced(descending)])[0])).toEqual([]);
  });
  it('converted from single images keeps windows and acquisitions that found no place of their own', () => {
    const frames = [1, 2].flatMap((k) =>
      [0, 3].map((z) => ({
        z,
        groups: {
          '0020,9171 SQ': [{ '0020,0012 IS': String(k), '0028,1050 DS': '40', '0028,1051 DS': String(400 * k) }],
        },
      })),
    );
    const series = parts([enhanced(frames, { '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.2.2' })]);
    expect(told(series)).toEqual([
      ['acquisition 1', 2, 3],
      ['acquisition 2', 2, 3],
    ]);
    expect(series[0]?.instances[0]?.facts[3]?.windows?.[0]?.width).toBe(800);
  });
  it('is no cine, though each frame of the stack has a time', () => {
    const frames = [0, 2, 4].map((z, i) => ({ z, content: { '0018,9074 DT': `2026010108000${i}.5` } }));
    const [series] = parts([enhanced(frames)]);
    expect([series?.frameRate, series?.frameTimes, series?.volume?.dimensions[2]]).toEqual([null, null, 3]);
  });
});

describe('an enhanced run of X-ray images', () => {
  const run = (dates: readonly string[]) =>
    instanceIn(
      writeDicom({
        ...ctSlice({ rows: 2, columns: 2 }),
        '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.12.1.1',
        '0008,0060 CS': 'XA',
        '0020,0032 DS': undefined,
        '0020,0037 DS': undefined,
        '0028,0030 DS': undefined,
        '0028,0008 IS': String(dates.length),
        '7FE0,0010 OW': new Uint8Array(8 * dates.length),
        '5200,9229 SQ': [
          {
            '0028,9443 SQ': [{ '0018,1164 DS': '0.2\\0.2' }],
            '0018,9476 SQ': [{ '0018,1110 DS': '1200', '0018,9402 FL': 800 }],
            '0018,9405 SQ': [{ '0018,1510 DS': '-30', '0018,1511 DS': '20' }],
          },
        ],
        '5200,9230 SQ': dates.map((date) => ({ '0020,9111 SQ': [{ '0018,9151 DT': date }] })),
      }),
    );
  it('has the times of its frames, the spacing of its detector and its angles from the functional groups', () => {
    const got = run(['20260101080000.000', '20260101080000.500', '20260101080001.500', '20260101080001.750']);
    expect(got.timing).toEqual({ timesMs: [0, 500, 1500, 1750] });
    expect(got.facts[0]?.pixelSpacing).toEqual({ mm: [0.2, 0.2], basis: 'detector' });
    expect(got.projection).toMatchObject({ primaryAngleDeg: -30, secondaryAngleDeg: 20, sourceToDetectorMm: 1200 });
    expect(got.notes.find(({ code }) => code === 'calibration-isocentre')?.message).toContain('0.1333');
  });
  it('has a rate where the times are even, and none where they run backwards', () => {
    expect(run(['20260101235959.9', '20260102000000.0', '20260102000000.1']).timing).toEqual({ intervalMs: 100 });
    expect(run(['20260101080000.5', '20260101080000.4', '20260101080000.3']).timing).toBeNull();
  });
});
