import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSeries, readInstance, type Instance } from '../../src/dicom/index.ts';
import { parseElements } from '../../src/dicom/elements.ts';
import { textReader } from '../../src/dicom/characterSets.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { instanceIn, readHead } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';
import { mutated, mutation, readDamaged, realShaped } from '../support/mutations.ts';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const forms = await realShaped();
const reasonOf = (bytes: Uint8Array) => {
  const got = readDamaged(bytes);
  return got.kind === 'other' ? got.reason : got.kind;
};
const slice = (more: DicomElements = {}, options = {}) => writeDicom(ctSlice({ more }), options);

describe('files that are damaged anywhere', () => {
  for (const [name, good] of forms)
    it(`cost at most themselves: ${name}`, () => {
      expect(readDamaged(good)).toMatchObject({ kind: 'image' });
      fc.assert(
        fc.property(mutation, (change) => {
          expect(['image', 'other']).toContain(readDamaged(mutated(good, change)).kind);
        }),
        { numRuns: 300, seed: 20261125 },
      );
    });
  it('still make series, in which no picture comes twice', () => {
    const stack = [0, 2, 4, 6, 8, 10].map((z, i) =>
      slice({ '0008,0018 UI': `1.2.${i}`, '0020,0032 DS': `0\\0\\${z}`, '0020,0012 IS': '1' }),
    );
    fc.assert(
      fc.property(fc.array(mutation, { minLength: stack.length, maxLength: stack.length }), (changes) => {
        const instances = stack.flatMap((bytes, i): Instance[] => {
          const change = changes[i];
          const got = readHead(change ? mutated(bytes, change) : bytes, `file ${i}`);
          return got.kind === 'image' ? [got.instance] : [];
        });
        const { series } = buildSeries(instances);
        expect(new Set(series.map(({ key }) => key)).size).toBe(series.length);
        const shown = series.flatMap(({ frames, instances: own }) =>
          frames.map(({ instance, frame }) => `${own[instance]?.source} ${frame}`),
        );
        expect(new Set(shown).size).toBe(shown.length);
        for (const { volume } of series)
          if (volume)
            for (const value of [...volume.origin, ...volume.spacing, ...volume.direction.flat()])
              expect(Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});

describe('files made to do harm', () => {
  it('with 2,000,000,000 frames are refused', () => {
    expect(reasonOf(slice({ '0028,0008 IS': '2000000000' }))).toBe('too-large');
    const compressed = {
      '0028,0008 IS': '249999',
      '7FE0,0010 OW': undefined,
      '7FE0,0010 OB': { fragments: [new Uint8Array(8)] },
    };
    expect(reasonOf(slice(compressed, { transferSyntaxUID: JPEG_LS }))).toBe('truncated');
  });
  it('with more rows and columns than data are refused', () => {
    expect(reasonOf(slice({ '0028,0010 US': 5000, '0028,0011 US': 5000 }))).toBe('truncated');
    expect(reasonOf(slice({ '0028,0010 US': 65535, '0028,0011 US': 65535, '0028,0100 US': 32 }))).toBe('too-large');
  });
  it('with 10,000 sequences one in the other are read up to them', () => {
    const opening = [9, 0, 1, 0x10, 0x53, 0x51, 0, 0, 255, 255, 255, 255, 0xfe, 0xff, 0, 0xe0, 255, 255, 255, 255];
    const nested = new Uint8Array(opening.length * 10_000);
    for (let i = 0; i < 10_000; i++) nested.set(opening, i * opening.length);
    const good = slice();
    const at = 400;
    expect(reasonOf(Uint8Array.from([...good.subarray(0, at), ...nested, ...good.subarray(at)]))).not.toBe('image');
    const closing = [0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];
    const closed = new Uint8Array([...nested, ...Array.from({ length: 10_000 }, () => closing).flat()]);
    const meta = 132 + 12 + new DataView(good.buffer).getUint32(140, true);
    const body = good.subarray(meta);
    // Group 9 comes behind group 8: before group 10.
    const view = new DataView(body.buffer, body.byteOffset);
    let point = 0;
    while (view.getUint16(point, true) < 9) point += 8 + view.getUint16(point + 6, true);
    const whole = Uint8Array.from([...good.subarray(0, meta + point), ...closed, ...body.subarray(point)]);
    expect(reasonOf(whole)).toBe('image');
  });
  it('with a length beyond the file are refused', () => {
    const bytes = slice();
    const at = Buffer.from(bytes.buffer).indexOf(Buffer.from([0x10, 0, 0x10, 0]));
    new DataView(bytes.buffer).setUint16(at + 6, 0xfff0, true);
    expect(['truncated', 'unreadable']).toContain(reasonOf(bytes));
    const pixels = slice();
    const place = Buffer.from(pixels.buffer).indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0]));
    new DataView(pixels.buffer).setUint32(place + 8, 0x7fffffff, true);
    expect(reasonOf(pixels)).toBe('image'); // as many bytes as the picture needs are there
  });
  it('whose elements are of wrong kinds are read as far as they make sense', () => {
    expect(reasonOf(slice({ '0028,0010 LO': 'eight' }))).not.toBe('image');
    expect(reasonOf(slice({ '0020,0032 FD': [1, 2, 3] }))).toBe('image');
    expect(reasonOf(slice({ '0010,0010 SQ': [{}] }))).toBe('image');
  });
  it('that inflate without end are refused', () => {
    const bomb = deflateRawSync(new Uint8Array(200 * 1024 * 1024));
    const head = writeDicom({ '0008,0016 UI': '1.2' }, { transferSyntaxUID: '1.2.840.10008.1.2.1.99' });
    const meta = 132 + 12 + new DataView(head.buffer).getUint32(140, true);
    expect(reasonOf(Uint8Array.from([...head.subarray(0, meta), ...bomb]))).not.toBe('image');
  });
  it('that begin like a program are read as pictures, and that is told', () => {
    for (const magic of [
      [0x4d, 0x5a],
      [0x7f, 0x45, 0x4c, 0x46],
      [0x23, 0x21],
      [0xca, 0xfe, 0xba, 0xbe],
    ]) {
      const bytes = slice();
      bytes.set(magic);
      expect(instanceIn(bytes).notes.map(({ code }) => code)).toEqual(['program-in-preamble']);
    }
    expect(instanceIn(slice()).notes).toEqual([]);
    const tiff = slice();
    tiff.set([0x49, 0x49, 0x2a, 0]);
    expect(instanceIn(tiff).notes).toEqual([]);
  });
  it('keep HTML in names as letters', () =>
    expect(instanceIn(slice({ '0010,0010 PN': '<img src=x onerror=alert(1)>' })).patient.name).toBe(
      '<img src=x onerror=alert(1)>',
    ));
  it('of segments that lead nowhere have no palette, at once', () => {
    const loops = Array.from({ length: 4000 }, () => [2, 65535, 0, 0]).flat();
    const table = Object.fromEntries(
      ['1', '2', '3'].flatMap((c) => [
        [`0028,110${c} US`, [0, 0, 16]],
        [`0028,122${c} OW`, [...loops]],
      ]),
    );
    expect(reasonOf(slice({ '0028,0004 CS': 'PALETTE COLOR', ...table }))).toBe('image');
  });
  it('that ask for ever longer heads come to an end', () => {
    const bytes = slice({ '0009,0010 LO': 'X', '0009,1001 OB': new Uint8Array(3_000_000) });
    let asked = 0;
    for (let length = 1; ; asked++) {
      const got = readInstance(bytes.subarray(0, length), bytes.length, 'x');
      if (got.kind !== 'more') break;
      expect(got.bytes).toBeGreaterThan(length);
      length = got.bytes;
    }
    expect(asked).toBeLessThan(15);
  });
});

describe('text of any bytes', () => {
  it('is read without a crash in every character set', () => {
    const terms = [
      '',
      'ISO_IR 6',
      'ISO_IR 13',
      'ISO_IR 100',
      'ISO_IR 101',
      'ISO_IR 109',
      'ISO_IR 110',
      'ISO_IR 126',
      'ISO_IR 127',
      'ISO_IR 138',
      'ISO_IR 144',
      'ISO_IR 148',
      'ISO_IR 166',
      'ISO_IR 192',
      'ISO_IR 203',
      'GB18030',
      'GBK',
      'ISO 2022 IR 6',
      'ISO 2022 IR 13',
      'ISO 2022 IR 58',
      'ISO 2022 IR 87',
      'ISO 2022 IR 149',
      'ISO 2022 IR 159',
      'ISO 2022 IR 100',
      'NONSENSE',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...terms), { maxLength: 3 }),
        fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0x1b, 0x24, 0x28, 0x29, 0x42, 0x5e, 0x3d)), { maxLength: 60 }),
        (set, bytes) => {
          expect(typeof textReader(set).read(Uint8Array.from(bytes), true)).toBe('string');
        },
      ),
      { numRuns: 2000, seed: 3 },
    );
  });
});

it('elements of any bytes are read in one pass: never more of them than the bytes could hold', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), fc.boolean(), (bytes, explicit, littleEndian) => {
      const { elements } = parseElements(bytes, { explicit, littleEndian });
      expect(elements.size).toBeLessThanOrEqual(bytes.length / 8);
    }),
    { numRuns: 2000, seed: 5 },
  );
});
