import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSeries, readInstance } from '../../src/dicom/index.ts';
import { ctSlice, XA_IMAGE } from '../support/dicomCases.ts';
import { instanceIn, readHead } from '../support/dicomFiles.ts';
import { words, writeDicom } from '../support/dicomWriter.ts';

const IMPLICIT = '1.2.840.10008.1.2';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const JPEG_LS = '1.2.840.10008.1.2.4.80';

const slice = () => ctSlice({ position: [-10.5, 3, 42], spacing: [0.5, 0.75], rows: 4, columns: 6 });

describe('one image file', () => {
  for (const [name, options] of [
    ['explicit little endian', {}],
    ['implicit little endian', { transferSyntaxUID: IMPLICIT }],
    ['big endian', { transferSyntaxUID: BIG_ENDIAN }],
    ['deflated', { transferSyntaxUID: DEFLATED }],
    ['no preamble', { preamble: false }],
    ['no preamble and no group 2', { preamble: false, meta: false }],
    ['no group 2, implicit', { preamble: false, meta: false, transferSyntaxUID: IMPLICIT }],
    ['no group 2, big endian', { preamble: false, meta: false, transferSyntaxUID: BIG_ENDIAN }],
    ['sequences of undefined length', { undefinedLengths: true }],
  ] as const)
    it(`reads the same facts from a CT slice written as ${name}`, () => {
      const got = instanceIn(writeDicom({ ...slice(), '0008,1140 SQ': [{ '0008,1155 UI': '1.2' }] }, options));
      expect(got.patient.name).toBe('Test^Person');
      expect([got.pixel.rows, got.pixel.columns, got.frames]).toEqual([4, 6, 1]);
      expect(got.facts[0]?.position).toEqual([-10.5, 3, 42]);
      expect(got.facts[0]?.orientation).toEqual([
        [1, 0, 0],
        [0, 1, 0],
      ]);
      expect(got.facts[0]?.pixelSpacing).toEqual({ mm: [0.5, 0.75], basis: 'patient' });
      expect(got.facts[0]?.rescale).toEqual({ slope: 1, intercept: -1024, unit: 'HU' });
    });

  it('finds the pixel data where they are, in the file', () => {
    const bytes = writeDicom({ ...slice(), '7FE0,0010 OW': words(Array.from({ length: 24 }, (_, i) => 1000 + i)) });
    const { offset, length } = instanceIn(bytes).pixelData;
    expect(length).toBe(48);
    expect(new DataView(bytes.buffer).getUint16(offset, true)).toBe(1000);
  });

  it('asks for a longer head only while the header is not whole, and never reads the pixels', () => {
    const bytes = writeDicom({ ...slice(), '0009,0010 LO': 'US', '0009,1001 OB': new Uint8Array(30000) });
    const asked: number[] = [];
    let got = readInstance(bytes.subarray(0, 100), bytes.length + 10_000_000, 'x');
    while (got.kind === 'more' && asked.length < 20) {
      asked.push(got.bytes);
      got = readInstance(bytes.subarray(0, got.bytes), bytes.length + 10_000_000, 'x');
    }
    expect(got.kind).toBe('image');
    expect(Math.max(...asked)).toBeLessThan(200_000);
  });

  it('reads an extended offset table, whose kind of element dicom-parser does not know', () => {
    const bytes = writeDicom(
      {
        ...slice(),
        '0028,0008 IS': '2',
        '7FE0,0001 OV': [0, 18],
        '7FE0,0002 OV': [10, 10],
        '7FE0,0010 OB': { fragments: [new Uint8Array(10), new Uint8Array(10)] },
      },
      { transferSyntaxUID: JPEG_LS },
    );
    expect(instanceIn(bytes).pixelData).toMatchObject({ extendedOffsets: [0, 18], extendedLengths: [10, 10] });
  });
});

describe('what is no image', () => {
  const reason = (bytes: Uint8Array) => {
    const got = readHead(bytes);
    return got.kind === 'other' ? got.reason : got.kind;
  };
  it('names an empty file, a text and a picture of another kind as no DICOM', () => {
    expect(reason(new Uint8Array(0))).toBe('not-dicom');
    expect(reason(new TextEncoder().encode('this is a text file with a DICOM ending\n'.repeat(20)))).toBe('not-dicom');
    expect(reason(Uint8Array.from({ length: 4000 }, (_, i) => (i * 37) & 255))).toBe('not-dicom');
  });
  it('says that a structured report and a DICOMDIR hold no picture, and what they are', () => {
    const report = readHead(writeDicom({ '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.88.22', '0008,0018 UI': '1.2.3' }));
    expect(report).toMatchObject({ kind: 'other', reason: 'no-image', sopInstanceUID: '1.2.3' });
    expect(report.kind === 'other' && report.message).toContain('structured report');
    const directory = readHead(writeDicom({ '0002,0002 UI': '1.2.840.10008.1.3.10', '0004,1130 CS': 'DISC' }));
    expect(directory.kind === 'other' && directory.message).toContain('DICOMDIR');
  });
  it('says that a file is cut short: in its pixels, before them, in its header', () => {
    const whole = writeDicom(slice());
    expect(reason(whole.subarray(0, whole.length - 1))).toBe('truncated');
    expect(reason(whole.subarray(0, whole.length - 48 - 12))).toBe('truncated');
    expect(reason(whole.subarray(0, whole.length - 48 - 80))).toBe('truncated');
    expect(readHead(whole.subarray(0, whole.length - 10))).toMatchObject({ sopInstanceUID: '1.2.826.1.1' });
  });
  it('says that pixels are too few for the rows, columns and frames of the header', () => {
    expect(reason(writeDicom({ ...slice(), '0028,0008 IS': '2' }))).toBe('truncated');
  });
  it('says that a compressed file ends inside its first picture', () => {
    const whole = writeDicom(
      { ...slice(), '7FE0,0010 OB': { fragments: [new Uint8Array(500)] } },
      { transferSyntaxUID: JPEG_LS },
    );
    expect(reason(whole)).toBe('image');
    expect(reason(whole.subarray(0, whole.length - 100))).toBe('truncated');
  });
  it('refuses video by its name', () => {
    const got = readHead(
      writeDicom(
        { ...slice(), '7FE0,0010 OB': { fragments: [new Uint8Array(8)] } },
        { transferSyntaxUID: '1.2.840.10008.1.2.4.102' },
      ),
    );
    expect(got).toMatchObject({ kind: 'other', reason: 'unsupported-syntax' });
    expect(got.kind === 'other' && got.message).toContain('MPEG-4');
  });
  it('refuses a picture that no memory would hold', () => {
    expect(reason(writeDicom({ ...slice(), '0028,0010 US': 65535, '0028,0011 US': 65535 }))).toBe('too-large');
  });
});

describe('bytes of any kind', () => {
  it('never crash the reader, and never make it ask for less than it has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (noise, marked) => {
        const bytes = marked ? Uint8Array.from([...new Uint8Array(128), 68, 73, 67, 77, 2, 0, ...noise]) : noise;
        const got = readInstance(bytes, bytes.length, 'x');
        expect(['image', 'other']).toContain(got.kind);
      }),
      { numRuns: 500 },
    );
  });
  it('never crash the reader when a good file is damaged or cut anywhere', () => {
    const good = writeDicom({ ...slice(), '0008,1140 SQ': [{ '0008,1155 UI': '1.2' }] }, { undefinedLengths: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }),
        fc.nat(good.length),
        (changes, cut) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const got = readInstance(bytes.subarray(0, cut), good.length, 'x');
          expect(got.kind === 'more' ? got.bytes : cut + 1).toBeGreaterThan(cut);
          expect(['image', 'other', 'more']).toContain(got.kind);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the basis of a pixel spacing', () => {
  const xa = (more: Parameters<typeof writeDicom>[0]) => {
    const { '0020,0032 DS': position, '0020,0037 DS': orientation, '0028,0030 DS': spacing, ...rest } = slice();
    void [position, orientation, spacing];
    return instanceIn(writeDicom({ ...rest, '0008,0016 UI': XA_IMAGE, '0008,0060 CS': 'XA', ...more }));
  };
  it('is the detector where only Imager Pixel Spacing is given, and tells the isocentre in a note', () => {
    const got = xa({ '0018,1164 DS': '0.4\\0.4', '0018,1110 DS': '1000', '0018,1111 DS': '750' });
    expect(got.facts[0]?.pixelSpacing).toEqual({ mm: [0.4, 0.4], basis: 'detector' });
    expect(got.notes.map(({ code }) => code)).toContain('calibration-isocentre');
    expect(got.notes[0]?.message).toContain('0.3 x 0.3 mm');
  });
  it('is the detector where Pixel Spacing only repeats it without a type', () =>
    expect(xa({ '0018,1164 DS': '0.4\\0.4', '0028,0030 DS': '0.4\\0.4' }).facts[0]?.pixelSpacing?.basis).toBe(
      'detector',
    ));
  it('is estimated where Pixel Spacing differs from the detector, or is of type GEOMETRY', () => {
    expect(xa({ '0018,1164 DS': '0.4\\0.4', '0028,0030 DS': '0.3\\0.3' }).facts[0]?.pixelSpacing).toEqual({
      mm: [0.3, 0.3],
      basis: 'estimated',
    });
    expect(xa({ '0028,0030 DS': '0.3\\0.3', '0028,0A02 CS': 'GEOMETRY' }).facts[0]?.pixelSpacing?.basis).toBe(
      'estimated',
    );
  });
  it('is calibrated where Pixel Spacing is of type FIDUCIAL', () =>
    expect(xa({ '0028,0030 DS': '0.3\\0.3', '0028,0A02 CS': 'FIDUCIAL' }).facts[0]?.pixelSpacing?.basis).toBe(
      'calibrated',
    ));
  it('is estimated, with a note, where Pixel Spacing stands alone in a projection', () => {
    const got = xa({ '0028,0030 DS': '0.3\\0.3' });
    expect(got.facts[0]?.pixelSpacing?.basis).toBe('estimated');
    expect(got.notes.map(({ code }) => code)).toContain('calibration-unknown');
  });
  it('is none where an XA has no spacing at all', () => expect(xa({}).facts[0]?.pixelSpacing).toBeNull());
  for (const written of ['0,143\\0,143', '0.5', '0\\0', '-0.5\\0.5', '', 'NaN\\NaN', '1e999\\1'])
    it(`is none, with a reason, where it is written "${written}"`, () => {
      const got = instanceIn(writeDicom({ ...slice(), '0028,0030 DS': written }));
      expect(got.facts[0]?.pixelSpacing).toBeNull();
      expect(got.notes.map(({ code }) => code)).toContain('calibration-unreadable');
    });
  it('reads a number that is padded, signed or written with an exponent', () =>
    expect(instanceIn(writeDicom({ ...slice(), '0028,0030 DS': ' 0.50\\+5.0e-1' })).facts[0]?.pixelSpacing?.mm).toEqual(
      [0.5, 0.5],
    ));
});

describe('the place in the patient', () => {
  for (const [name, more] of [
    ['an orientation that is not square', { '0020,0037 DS': '1\\0\\0\\0.3\\1\\0' }],
    ['a position of two numbers', { '0020,0032 DS': '1\\2' }],
    ['a position a thousand kilometres away', { '0020,0032 DS': '0\\0\\1e9' }],
  ] as const)
    it(`is none, with a reason, for ${name}`, () =>
      expect(instanceIn(writeDicom({ ...slice(), ...more })).notes.map(({ code }) => code)).toEqual([
        'position-unreadable',
      ]));
  it('is told where slices have one but no size of a pixel', () => {
    const [series] = buildSeries(
      [0, 1, 2].map((z) =>
        instanceIn(
          writeDicom({
            ...slice(),
            '0008,0018 UI': `1.2.${z}`,
            '0020,0032 DS': `0\\0\\${z}`,
            '0028,0030 DS': undefined,
          }),
        ),
      ),
      ({ source }) => source,
    ).series;
    expect(series?.volume).toBeNull();
    expect(series?.notes.map(({ code }) => code)).toContain('spacing-missing');
  });
});

describe('times of a run', () => {
  const run = (more: Parameters<typeof writeDicom>[0]) =>
    instanceIn(writeDicom({ ...slice(), '0028,0008 IS': '4', '7FE0,0010 OW': new Uint8Array(4 * 48), ...more }));
  it('are even with Frame Time', () => expect(run({ '0018,1063 DS': '40' }).timing).toEqual({ intervalMs: 40 }));
  it('follow the vector, whose first entry is no interval', () =>
    expect(run({ '0018,1065 DS': '99\\500\\500\\250' }).timing).toEqual({ timesMs: [0, 500, 1000, 1250] }));
  it('are even where the vector is within 0.1 %', () =>
    expect(run({ '0018,1065 DS': '0\\40.00\\40.01\\39.99' }).timing).toEqual({ intervalMs: 40 }));
  for (const bad of ['0', '-5', '1e9', 'abc'])
    it(`are unknown where Frame Time is "${bad}"`, () => {
      const got = run({ '0018,1063 DS': bad });
      expect(got.timing).toBeNull();
      expect(got.notes.map(({ code }) => code)).toContain('times-unreadable');
    });
  it('are unknown where only a rate for playing is recommended', () => {
    const got = run({ '0008,2144 IS': '15' });
    expect(got.timing).toBeNull();
    expect(got.notes.map(({ code }) => code)).toContain('rate-is-a-default');
  });
  it('do not exist in a single image', () =>
    expect(instanceIn(writeDicom({ ...slice(), '0018,1063 DS': '40' })).timing).toBeNull());
});

describe('the representative frame of a run', () => {
  const named = (frame: number, frames = 4): number | undefined =>
    instanceIn(
      writeDicom({
        ...slice(),
        '0028,0008 IS': String(frames),
        '0028,6010 US': frame,
        '7FE0,0010 OW': new Uint8Array(frames * 48),
      }),
    ).representativeFrame;
  it('is read where it is one of its frames', () => {
    expect([1, 3, 4].map((frame) => named(frame))).toEqual([1, 3, 4]);
    expect([0, 5].map((frame) => named(frame))).toEqual([undefined, undefined]);
    expect(named(1, 1)).toBeUndefined();
  });
});

describe('a run for subtraction', () => {
  const named = (frames: readonly number[]): string | undefined => {
    const four = { '0028,0008 IS': '4', '7FE0,0010 OW': new Uint8Array(4 * 48) };
    const mask = { '0028,6101 CS': 'AVG_SUB', '0028,6110 US': [...frames] };
    const got = instanceIn(writeDicom({ ...slice(), '0008,0016 UI': XA_IMAGE, ...four, '0028,6100 SQ': [mask] }));
    return got.notes.find(({ code }) => code === 'subtraction-run')?.message;
  };
  it('names its mask frames, and says so where there are more than are named', () => {
    expect(named([1])).toBe(
      'A subtraction run (DSA), shown as acquired. The file allows subtraction with mask frame 1.',
    );
    expect(named([1, 2, 3])).toMatch(/subtraction with mask frames 1, 2 and 3\.$/);
    const eight = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(named(eight)).toMatch(/with mask frames 1, 2, 3, 4, 5, 6, 7 and 8\.$/);
    expect(named([...eight, 9, 10])).toMatch(/with mask frames 1, 2, 3, 4, 5, 6, 7, 8 and more\.$/);
  });
});

describe('names in other letters', () => {
  const named = (terms: string | undefined, bytes: readonly number[] | Uint8Array) =>
    instanceIn(writeDicom({ ...slice(), '0008,0005 CS': terms, '0010,0010 PN': Uint8Array.from(bytes) }));
  const latin = [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]; // Müller
  it('reads Latin-1, UTF-8 and Cyrillic as declared', () => {
    expect(named('ISO_IR 100', latin).patient.name).toBe('Müller');
    expect(named('ISO_IR 192', new TextEncoder().encode('Łukasz')).patient.name).toBe('Łukasz');
    expect(named('ISO_IR 144', [0xbb, 0xee, 0xda, 0xd1]).patient.name).toBe('Люкб');
  });
  it('guesses undeclared letters and says so', () => {
    const got = named(undefined, latin);
    expect(got.patient.name).toBe('Müller');
    expect(got.notes.map(({ code }) => code)).toEqual(['character-set-undeclared']);
  });
  // PS3.5 annex H.3.1, example 1: Yamada^Tarou=山田^太郎=やまだ^たろう.
  it('reads the Japanese example of the standard', () => {
    const example =
      '59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b28423d1b24422464245e24401b28425e1b2442243f246d24261b2842';
    const bytes = Uint8Array.from(example.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    expect(named('\\ISO 2022 IR 87', bytes).patient.name).toBe('Yamada^Tarou=山田^太郎=やまだ^たろう');
  });
  // PS3.5 annex I.2: Hong^Gildong=洪^吉洞=홍^길동.
  it('reads the Korean example of the standard', () => {
    const example = '486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf';
    const bytes = Uint8Array.from(example.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    expect(named('\\ISO 2022 IR 149', bytes).patient.name).toBe('Hong^Gildong=洪^吉洞=홍^길동');
  });
});

describe('an enhanced image', () => {
  it('takes each fact from the frame before what all frames share', () => {
    const frame = (z: number, intercept: number) => ({
      '0020,9113 SQ': [{ '0020,0032 DS': `0\\0\\${z}` }],
      '0028,9145 SQ': [{ '0028,1052 DS': String(intercept), '0028,1053 DS': '1', '0028,1054 LO': 'HU' }],
    });
    const {
      '0020,0032 DS': a,
      '0020,0037 DS': b,
      '0028,0030 DS': c,
      '0028,1052 DS': d,
      '0028,1053 DS': e,
      ...rest
    } = slice();
    void [a, b, c, d, e];
    const got = instanceIn(
      writeDicom({
        ...rest,
        '0028,0008 IS': '2',
        '7FE0,0010 OW': new Uint8Array(96),
        '5200,9229 SQ': [
          {
            '0020,9116 SQ': [{ '0020,0037 DS': '1\\0\\0\\0\\1\\0' }],
            '0028,9110 SQ': [{ '0028,0030 DS': '0.8\\0.9' }],
          },
        ],
        '5200,9230 SQ': [frame(5, -1024), frame(7, -2048)],
      }),
    );
    expect(got.facts.map(({ position }) => position)).toEqual([
      [0, 0, 5],
      [0, 0, 7],
    ]);
    expect(got.facts.map(({ rescale }) => rescale.intercept)).toEqual([-1024, -2048]);
    expect(got.facts[1]?.pixelSpacing).toEqual({ mm: [0.8, 0.9], basis: 'patient' });
  });
});
