import { describe, expect, it } from 'vitest';
import {
  displayFraction,
  fillFrame,
  modalityFrame,
  overlayMask,
  paddingRange,
  pickArrayType,
} from '../../src/pixels/index.ts';
import { buildSeries, frameFacts } from '../../src/dicom/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { decodeIn, instanceIn } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';

const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const IMPLICIT = '1.2.840.10008.1.2';
const unscaled: DicomElements = { '0028,1052 DS': undefined, '0028,1053 DS': undefined, '0028,1054 LO': undefined };
const picture = (stored: readonly number[], more: DicomElements, options = {}) =>
  writeDicom(ctSlice({ rows: 1, columns: stored.length, stored, more }), options);

describe('a Modality LUT', () => {
  // First stored value mapped 10, four entries; what lies outside takes the ends (PS3.3 C.11.1.1).
  const more: DicomElements = {
    ...unscaled,
    '0028,3000 SQ': [{ '0028,3002 US': [4, 10, 16], '0028,3004 LO': 'OD', '0028,3006 US': [100, 250, 700, 65535] }],
  };
  for (const [name, options] of [
    ['little endian', {}],
    ['big endian', { transferSyntaxUID: BIG_ENDIAN }],
    ['implicit', { transferSyntaxUID: IMPLICIT }],
  ] as const)
    it(`gives each pixel the table's entry and its unit (${name})`, async () => {
      const stored = options === undefined ? [] : [0, 10, 11, 12, 13, 500];
      const bytes = writeDicom(
        { ...ctSlice({ rows: 1, columns: 6, more }), '0028,0010 US': 1, '7FE0,0010 OW': stored },
        options,
      );
      const instance = instanceIn(bytes);
      const frame = modalityFrame(await decodeIn(bytes), frameFacts(instance, 1).rescale);
      expect([...frame.data]).toEqual([100, 100, 250, 700, 65535, 65535]);
      expect(frame.unit).toBe('OD');
    });
  it('is applied for each slice of a series by its own table', async () => {
    const slice = (z: number, values: number[]) =>
      picture([0, 1], {
        ...unscaled,
        '0008,0018 UI': `1.2.3.${z}`,
        '0020,0032 DS': `0\\0\\${z}`,
        '0028,3000 SQ': [{ '0028,3002 US': [2, 0, 16], '0028,3004 LO': 'HU', '0028,3006 US': values }],
      });
    const files = [slice(1, [5, 6]), slice(2, [70, 80])];
    const [series] = buildSeries(files.map((bytes, i) => instanceIn(bytes, String(i)))).series;
    if (series === undefined) throw new Error('no series');
    expect(pickArrayType(series)).toBe('Uint8Array');
    const out = new Uint8Array(4);
    for (const [k, bytes] of files.entries()) fillFrame(series, k, await decodeIn(bytes), out);
    expect([...out]).toEqual([5, 6, 70, 80]);
  });
  it('begins below zero where the pixels are signed', async () => {
    const bytes = picture([-2 & 0xffff, 0], {
      ...unscaled,
      '0028,0103 US': 1,
      '0028,3000 SQ': [{ '0028,3002 SS': [3, -2, 16], '0028,3004 LO': 'US', '0028,3006 US': [7, 8, 9] }],
    });
    const frame = modalityFrame(await decodeIn(bytes), frameFacts(instanceIn(bytes), 1).rescale);
    expect([[...frame.data], frame.unit]).toEqual([[7, 9], '1']);
  });
  it('that is damaged is told, and values stay as stored', () => {
    const got = instanceIn(
      picture([1, 2], { ...unscaled, '0028,3000 SQ': [{ '0028,3002 US': [400, 0, 16], '0028,3006 US': [1] }] }),
    );
    expect(got.notes.map(({ code }) => code)).toEqual(['modality-lut']);
    expect(got.facts[0]?.rescale).toEqual({ slope: 1, intercept: 0, unit: '1' });
  });
});

describe('windows', () => {
  const windowsOf = (more: DicomElements) => instanceIn(picture([0, 0], more)).windows;
  it('keep their names, their order and their function', () => {
    const got = windowsOf({
      '0028,1050 DS': '40\\-600',
      '0028,1051 DS': '400\\1500',
      '0028,1055 LO': 'Soft\\Lung',
      '0028,1056 CS': 'SIGMOID',
    });
    expect(got).toEqual([
      { centre: 40, width: 400, name: 'Soft', function: 'sigmoid' },
      { centre: -600, width: 1500, name: 'Lung', function: 'sigmoid' },
    ]);
  });
  // The pseudo code of PS3.3 C.11.2.1.2.1 with its worked borders: centre 2048, width 4096; centre 2048, width 1.
  it('are linear as the standard has it: 4096 wide maps 0 to black and 4095 to white', () => {
    const wide = { centre: 2048, width: 4096, name: null };
    expect([0, 4095, -5, 5000].map((value) => displayFraction(wide, value))).toEqual([0, 1, 0, 1]);
    expect(displayFraction(wide, 2047.5)).toBeCloseTo(0.5, 12);
    const step = { centre: 2048, width: 1, name: null };
    expect([2047, 2048].map((value) => displayFraction(step, value))).toEqual([0, 1]);
  });
  it('are linear exact between centre - width / 2 and centre + width / 2', () => {
    const exact = { centre: 0.5, width: 1, name: null, function: 'linear-exact' } as const;
    expect([0, 0.25, 0.5, 1].map((value) => displayFraction(exact, value))).toEqual([0, 0.25, 0.5, 1]);
  });
  it('follow 1 / (1 + exp(-4 (x - c) / w)) where they are sigmoid', () => {
    const sigmoid = { centre: 100, width: 40, name: null, function: 'sigmoid' } as const;
    expect(displayFraction(sigmoid, 100)).toBe(0.5);
    expect(displayFraction(sigmoid, 120)).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
  });
  it('may be a table: VOI LUT, 8 bit in bytes or words, with its explanation', () => {
    const bytes = {
      '0028,3002 US': [4, 50, 8],
      '0028,3003 LO': 'Bone',
      '0028,3006 OW': Uint8Array.of(0, 51, 102, 255),
    };
    const wide = { '0028,3002 SS': [3, -1000, 12], '0028,3006 US': [0, 2048, 4095] };
    const [first, second] = windowsOf({ '0028,3010 SQ': [bytes, wide] });
    if (!first || !second) throw new Error('no table');
    expect([first.name, first.centre, first.width]).toEqual(['Bone', 52, 4]);
    expect([0, 50, 51, 52, 53, 900].map((value) => displayFraction(first, value))).toEqual([0, 0, 0.2, 0.4, 1, 1]);
    expect(displayFraction(second, -999)).toBeCloseTo(2048 / 4095, 12);
    expect(displayFraction(second, 3)).toBe(1);
  });
});

describe('an overlay', () => {
  const base: DicomElements = {
    '6000,0010 US': 2,
    '6000,0011 US': 3,
    '6000,0040 CS': 'G',
    '6000,0050 SS': [2, 0],
    '6000,0100 US': 1,
    '6000,0102 US': 0,
    '6000,1500 LO': 'Drawing',
  };
  const slice = (more: DicomElements) => instanceIn(writeDicom(ctSlice({ rows: 4, columns: 4, more })));
  it('lies at its origin, counted from 1, and is cut at the edge of the picture', () => {
    // Bits, least significant first: row 0 = 1 1 0, row 1 = 0 1 1. Origin 2\0: row 1, column -1 from 0.
    const got = slice({ ...base, '6000,3000 OW': Uint8Array.of(0b110011, 0) });
    const [overlay] = got.overlays ?? [];
    if (!overlay) throw new Error('no overlay');
    expect(overlay).toMatchObject({ group: 0x6000, origin: [1, -1], label: 'Drawing', type: 'G', runs: [0, 2, 2, 2] });
    expect([...(overlayMask(overlay, got.pixel, 1) ?? [])]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  });
  it('of several frames gives each image frame its own, from the one it names', () => {
    const got = slice({
      ...base,
      '0028,0008 IS': '3',
      '7FE0,0010 OW': new Uint8Array(96),
      '6000,0050 SS': [1, 1],
      '6000,0015 IS': '2',
      '6000,0051 US': 2,
      '6000,3000 OW': Uint8Array.of(0b00000001, 0b00001000),
    });
    const [overlay] = got.overlays ?? [];
    if (!overlay) throw new Error('no overlay');
    expect(overlayMask(overlay, got.pixel, 1)).toBeUndefined();
    expect(overlayMask(overlay, got.pixel, 2)?.indexOf(1)).toBe(0);
    expect(overlayMask(overlay, got.pixel, 3)?.indexOf(1)).toBe(6); // bit 11: the second frame's 6th, row 1 column 2
  });
  it('in an unused bit of the pixels is found there and leaves the values alone', async () => {
    const stored = Array.from({ length: 16 }, (_, i) => i | (i % 5 === 0 ? 0x8000 : 0));
    const bytes = writeDicom(
      ctSlice({
        rows: 4,
        columns: 4,
        stored,
        more: {
          ...base,
          '0028,0101 US': 12,
          '0028,0102 US': 11,
          '6000,0010 US': 4,
          '6000,0011 US': 4,
          '6000,0100 US': 16,
          '6000,0102 US': 15,
          '6000,0050 SS': [1, 1],
        },
      }),
    );
    const instance = instanceIn(bytes);
    const [overlay] = instance.overlays ?? [];
    if (!overlay) throw new Error('no overlay');
    const encoded = bytes.subarray(instance.pixelData.offset);
    const mask = overlayMask(overlay, instance.pixel, 1, { bytes: encoded, bigEndian: false });
    expect([...(mask ?? [])].flatMap((on, i) => (on ? [i] : []))).toEqual([0, 5, 10, 15]);
    expect([...(await decodeIn(bytes)).data]).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });
});

describe('pixels of floating point', () => {
  const floats = (values: readonly number[], bits: 32 | 64, options = {}) => {
    const { '7FE0,0010 OW': pixels, ...rest } = ctSlice({ rows: 1, columns: values.length, more: unscaled });
    void pixels;
    return writeDicom(
      {
        ...rest,
        '0028,0100 US': bits,
        '0028,0122 FL': -1,
        ...(bits === 32 ? { '7FE0,0008 OF': values } : { '7FE0,0009 OD': values }),
      },
      options,
    );
  };
  for (const options of [{}, { transferSyntaxUID: BIG_ENDIAN }, { transferSyntaxUID: IMPLICIT }])
    it(`are read exactly at 32 bits (${JSON.stringify(options)})`, async () => {
      const bytes = floats([0.5, -3.25, 1e-20, 7e9], 32, options);
      expect([...(await decodeIn(bytes)).data]).toEqual([0.5, -3.25, Math.fround(1e-20), 7e9]);
      expect(paddingRange(instanceIn(bytes).pixel)).toEqual([-1, -1]);
    });
  it('are read with seven digits at 64 bits, and that is told', async () => {
    const bytes = floats([Math.PI, -2], 64);
    expect([...(await decodeIn(bytes)).data]).toEqual([Math.fround(Math.PI), -2]);
    const instance = instanceIn(bytes);
    expect(instance.notes.map(({ code }) => code)).toEqual(['double-precision']);
    const [series] = buildSeries([instance]).series;
    expect(series && pickArrayType(series)).toBe('Float32Array');
  });
});

describe('padding', () => {
  const rangeOf = (more: DicomElements) => paddingRange(instanceIn(picture([0, 0], more)).pixel);
  it('is one value, or all up to the limit in either direction', () => {
    expect(rangeOf({})).toBeNull();
    expect(rangeOf({ '0028,0120 US': 63536 })).toEqual([63536, 63536]);
    expect(rangeOf({ '0028,0120 US': 10, '0028,0121 US': 0 })).toEqual([0, 10]);
    expect(rangeOf({ '0028,0103 US': 1, '0028,0120 SS': -2000, '0028,0121 SS': -1500 })).toEqual([-2000, -1500]);
  });
});

it('four colours a pixel are refused by name', () => {
  expect(() => instanceIn(picture([0, 0], { '0028,0002 US': 4 }))).toThrow('CMYK');
});
