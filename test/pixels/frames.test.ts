import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSeries } from '../../src/dicom/index.ts';
import { fillFrame, locateFrames, openFrames, pickArrayType, writeModality } from '../../src/pixels/index.ts';
import { decodeRle } from '../../src/pixels/rle.ts';
import { ctSlice, type SliceOptions } from '../support/dicomCases.ts';
import { decodeIn, instanceIn, readerOf } from '../support/dicomFiles.ts';
import { words, writeDicom, type DicomElements } from '../support/dicomWriter.ts';

const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const RLE = '1.2.840.10008.1.2.5';

const file = (more: DicomElements, options: SliceOptions = {}, syntax?: string) =>
  writeDicom(
    { ...ctSlice({ rows: 2, columns: 3, ...options }), ...more },
    syntax === undefined ? {} : { transferSyntaxUID: syntax },
  );
const bits = (allocated: number, stored: number, high: number, signed: 0 | 1): DicomElements => ({
  '0028,0100 US': allocated,
  '0028,0101 US': stored,
  '0028,0102 US': high,
  '0028,0103 US': signed,
});

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => i * 13);

describe('native pixels', () => {
  const values = [-2048, -1, 0, 1, 900, 2047];
  it('lose the rubbish above the stored bits and keep the sign', async () => {
    const dirty = words(values.map((value, i) => (value & 0x0fff) | (i << 12)));
    const got = await decodeIn(file({ ...bits(16, 12, 11, 1), '7FE0,0010 OW': dirty }));
    expect([...got.data]).toEqual(values);
  });
  it('lie where the high bit says', async () => {
    const shifted = words(values.map((value) => (value & 0x0fff) << 4));
    expect([...(await decodeIn(file({ ...bits(16, 12, 15, 1), '7FE0,0010 OW': shifted }))).data]).toEqual(values);
  });
  it('are the same in big endian and deflated', async () => {
    const stored = values.map((value) => value & 0xffff);
    const little = file({ ...bits(16, 16, 15, 1), '7FE0,0010 OW': stored });
    for (const bytes of [
      little,
      file({ ...bits(16, 16, 15, 1), '7FE0,0010 OW': stored }, {}, BIG_ENDIAN),
      file({ ...bits(16, 16, 15, 1), '7FE0,0010 OW': stored }, {}, DEFLATED),
    ])
      expect([...(await decodeIn(bytes)).data]).toEqual(values);
  });
  it('of 32 bits keep their sign', async () => {
    const bytes = new Uint8Array(Int32Array.from([-70000, 70000, 0, 1, -1, 2 ** 31 - 1]).buffer);
    const got = await decodeIn(file({ ...bits(32, 32, 31, 1), '7FE0,0010 OW': bytes }));
    expect([...got.data]).toEqual([-70000, 70000, 0, 1, -1, 2 ** 31 - 1]);
  });
  it('of one bit may begin inside a byte', async () => {
    // Two frames of 2 x 3 bits, least significant first: 1 0 1 1 0 0 | 0 1 1 0 1 1.
    const bytes = file({ ...bits(1, 1, 0, 0), '0028,0008 IS': '2', '7FE0,0010 OB': Uint8Array.of(0b10001101, 0b1101) });
    expect([...(await decodeIn(bytes, 1)).data]).toEqual([1, 0, 1, 1, 0, 0]);
    expect([...(await decodeIn(bytes, 2)).data]).toEqual([0, 1, 1, 0, 1, 1]);
  });
  it('in colour are the same by pixel and by plane', async () => {
    const rgb = Array.from({ length: 18 }, (_, i) => i * 10);
    const planes = [0, 1, 2].flatMap((sample) => Array.from({ length: 6 }, (_, i) => rgb[3 * i + sample] ?? 0));
    const colour = { ...bits(8, 8, 7, 0), '0028,0002 US': 3, '0028,0004 CS': 'RGB' };
    const byPixel = await decodeIn(file({ ...colour, '0028,0006 US': 0, '7FE0,0010 OB': Uint8Array.from(rgb) }));
    const byPlane = await decodeIn(file({ ...colour, '0028,0006 US': 1, '7FE0,0010 OB': Uint8Array.from(planes) }));
    expect([...byPixel.data]).toEqual(rgb);
    expect([...byPlane.data]).toEqual(rgb);
  });
  it('of a palette are drawn in its colours', async () => {
    const table = (top: number) => words([0, top * 257, 65535]);
    const got = await decodeIn(
      file({
        ...bits(8, 8, 7, 0),
        '0028,0004 CS': 'PALETTE COLOR',
        '0028,1101 US': [3, 10, 16],
        '0028,1102 US': [3, 10, 16],
        '0028,1103 US': [3, 10, 16],
        '0028,1201 OW': table(1),
        '0028,1202 OW': table(2),
        '0028,1203 OW': table(3),
        '7FE0,0010 OB': Uint8Array.of(0, 10, 11, 12, 13, 255),
      }),
    );
    expect([...got.data]).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
  });
});

describe('colour', () => {
  const colour: DicomElements = { ...bits(8, 8, 7, 0), '0028,0002 US': 3 };
  const cases: readonly (readonly [string, DicomElements])[] = [
    ['RGB by plane', { ...colour, '0028,0004 CS': 'RGB', '0028,0006 US': 1, '7FE0,0010 OB': bytesOf(18) }],
    ['YBR_FULL by plane', { ...colour, '0028,0004 CS': 'YBR_FULL', '0028,0006 US': 1, '7FE0,0010 OB': bytesOf(18) }],
    ['YBR_FULL', { ...colour, '0028,0004 CS': 'YBR_FULL', '0028,0006 US': 0, '7FE0,0010 OB': bytesOf(18) }],
    ['YBR_FULL_422', { ...colour, '0028,0004 CS': 'YBR_FULL_422', '0028,0006 US': 0, '7FE0,0010 OB': bytesOf(12) }],
  ];
  for (const [name, elements] of cases)
    it(`of ${name} is read twice alike, and the file's bytes stay as they were`, async () => {
      const bytes = file(elements);
      const before = Uint8Array.from(bytes);
      const once = [...(await decodeIn(bytes)).data];
      expect([...(await decodeIn(bytes)).data]).toEqual(once);
      expect(bytes).toEqual(before);
    });
});

describe('fragments', () => {
  const frame = (value: number, length: number) => {
    const bytes = new Uint8Array(length).fill(value);
    bytes.set([0xff, 0xd8, 0xff, 0xf7]);
    bytes.set([0xff, 0xd9], length - 2);
    return bytes;
  };
  const frames = [frame(1, 40), frame(2, 60), frame(3, 50)];
  const pieces = (bytes: Uint8Array) => [bytes.subarray(0, 16), bytes.subarray(16, 24), bytes.subarray(24)];
  const many = frames.flatMap(pieces);
  const offsets = [0, 40 + 24, 40 + 24 + 60 + 24];
  const written = (fragments: readonly Uint8Array[], offsetTable: readonly number[] = [], more: DicomElements = {}) =>
    file({ '0028,0008 IS': '3', '7FE0,0010 OB': { fragments, offsetTable }, ...more }, {}, JPEG_LS);
  const joined = async (bytes: Uint8Array) => {
    const opened = openFrames(readerOf(bytes), instanceIn(bytes));
    return Promise.all([1, 2, 3].map(async (number) => Uint8Array.from(await opened.frame(number))));
  };
  for (const [name, bytes] of [
    ['one fragment a frame and no table', written(frames)],
    ['one fragment a frame and a table of zeros', written(frames, [0, 0, 0])],
    ['three fragments a frame and a table', written(many, offsets)],
    ['three fragments a frame and no table', written(many)],
    ['three fragments a frame and a wrong table', written(many, [0, 7, 9])],
    ['an extended table', written(many, [], { '7FE0,0001 OV': offsets, '7FE0,0002 OV': [40, 60, 50] })],
  ] as const)
    it(`make the same three frames with ${name}`, async () => {
      expect(await joined(bytes)).toEqual(frames);
    });
  it('that cannot be told apart are refused with a sentence', async () => {
    const bytes = written(Array.from({ length: 5 }, () => new Uint8Array(10).fill(7)));
    await expect(locateFrames(readerOf(bytes), instanceIn(bytes))).rejects.toThrow('5 pieces');
  });
  it('of a file cut in its last frame still give the first ones, and name the missing', async () => {
    const whole = written(frames);
    const instance = instanceIn(whole);
    const cut = whole.subarray(0, whole.length - 30);
    const opened = openFrames(readerOf(cut), {
      ...instance,
      pixelData: { ...instance.pixelData, fileSize: cut.length },
    });
    expect(Uint8Array.from(await opened.frame(2))).toEqual(frames[1]);
    await expect(opened.frame(3)).rejects.toThrow('ends before frame 3');
  });
  it('are found without reading the pixels: a small share of the file', async () => {
    const bytes = written([frame(1, 200_000), frame(2, 200_000), frame(3, 200_000)]);
    let read = 0;
    await locateFrames((offset, length) => {
      read += length;
      return Promise.resolve(bytes.subarray(offset, offset + length));
    }, instanceIn(bytes));
    expect(read).toBeLessThan(30_000);
  });
});

describe('RLE', () => {
  /** PackBits, literal runs only or repeated bytes where there are some. */
  const pack = (bytes: readonly number[]): number[] => {
    const out: number[] = [];
    for (let i = 0; i < bytes.length;) {
      let run = 1;
      while (run < 128 && bytes[i + run] === bytes[i] && i + run < bytes.length) run += 1;
      if (run > 1) out.push(257 - run, bytes[i] ?? 0);
      else out.push(0, bytes[i] ?? 0);
      i += run;
    }
    return out;
  };
  const encode = (segments: readonly (readonly number[])[]) => {
    const packed = segments.map(pack);
    const header = new Uint8Array(64);
    const view = new DataView(header.buffer);
    view.setUint32(0, packed.length, true);
    let at = 64;
    packed.forEach((segment, i) => {
      view.setUint32(4 + 4 * i, at, true);
      at += segment.length;
    });
    return Uint8Array.from([...header, ...packed.flat()]);
  };
  it('gives back any 16-bit picture', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1, 255, 256, 4095, 65535), { minLength: 1, maxLength: 300 }),
        (values) => {
          const bytes = decodeRle(encode([values.map((v) => v >> 8), values.map((v) => v & 255)]), values.length, 1, 2);
          expect([...new Uint16Array(bytes.buffer)]).toEqual(values);
        },
      ),
    );
  });
  it('never runs out of its picture on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 300 }), (bytes) => {
        bytes.set([1, 0, 0, 0, 64, 0, 0, 0]);
        let told = 'damaged';
        let length = 40;
        try {
          length = decodeRle(bytes, 40, 1, 1).length;
        } catch (error) {
          told = String(error);
        }
        expect(length).toBe(40);
        expect(told).toContain('damaged');
      }),
    );
  });
  it('is read from a file', async () => {
    const values = [0, 300, 300, 300, 65535, 7];
    const encoded = encode([values.map((v) => v >> 8), values.map((v) => v & 255)]);
    const bytes = file({ '7FE0,0010 OB': { fragments: [encoded] } }, {}, RLE);
    expect([...(await decodeIn(bytes)).data]).toEqual(values);
  });
});

describe('a damaged or foreign codestream', () => {
  for (const syntax of ['4.50', '4.57', '4.70', '4.80', '4.90', '4.201', '5'])
    it(`of transfer syntax .${syntax} is refused with a sentence, and the next picture is none the worse`, async () => {
      const noise = Uint8Array.from({ length: 200 }, (_, i) => (i * 71) & 255);
      const bytes = file({ '7FE0,0010 OB': { fragments: [noise] } }, {}, `1.2.840.10008.1.2.${syntax}`);
      await expect(decodeIn(bytes)).rejects.toThrow(/picture/);
      await expect(decodeIn(bytes)).rejects.toThrow(/picture/);
    });
});

describe('modality values', () => {
  const seriesOf = (...options: SliceOptions[]) => {
    const list = options.map((one, i) => instanceIn(writeDicom(ctSlice({ number: i + 1, ...one })), `file ${i}`));
    const [series] = buildSeries(list).series;
    if (series === undefined) throw new Error('no series');
    return series;
  };
  it('take the smallest array that holds every value the headers allow', () => {
    const twelve = { '0028,0101 US': 12, '0028,0102 US': 11 };
    expect(pickArrayType(seriesOf({ more: twelve }))).toBe('Int16Array');
    expect(pickArrayType(seriesOf({ intercept: 0 }))).toBe('Uint16Array');
    expect(pickArrayType(seriesOf({ intercept: 0, more: { '0028,0101 US': 8, '0028,0102 US': 7 } }))).toBe(
      'Uint8Array',
    );
    expect(pickArrayType(seriesOf({ intercept: -1024 }))).toBe('Float32Array'); // up to 64511
    expect(pickArrayType(seriesOf({ more: twelve, slope: 0.5 }))).toBe('Float32Array');
    expect(pickArrayType(seriesOf({ more: twelve }, { more: twelve, intercept: -40000 }))).toBe('Float32Array');
  });
  it('are slope x stored + intercept, with their least and greatest', () => {
    const out = new Float32Array(3);
    const stored = { rows: 1, columns: 3, samplesPerPixel: 1 as const, data: Uint16Array.of(0, 10, 5) };
    expect(writeModality(stored, { slope: -2, intercept: 1.5, unit: 'HU' }, out)).toEqual({ min: -18.5, max: 1.5 });
    expect([...out]).toEqual([1.5, -18.5, -8.5]);
  });
  it('land in the buffer of the series in the order of display, each with the rescale of its own slice', () => {
    const series = seriesOf({ position: [0, 0, 5], intercept: -5 }, { position: [0, 0, 1], intercept: -1 });
    const buffer = new Float32Array(2 * 64);
    const stored = { rows: 8, columns: 8, samplesPerPixel: 1 as const, data: new Uint16Array(64).fill(100) };
    fillFrame(series, 0, stored, buffer);
    fillFrame(series, 1, stored, buffer);
    expect([buffer[0], buffer[63], buffer[64], buffer[127]]).toEqual([99, 99, 95, 95]);
  });
});
