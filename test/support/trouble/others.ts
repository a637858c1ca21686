// G10, G11, G13 to G17: runs, ultrasound, names, a messy folder, encapsulated frames, spacings.
import { jpegLs, rle } from './encoders.ts';
import {
  base,
  ctFile,
  pixels,
  placed,
  randomOf,
  writeDicom,
  XA,
  type CaseFiles,
  type DicomElements,
} from './slices.ts';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const angiogram: DicomElements = {
  '0008,0016 UI': XA,
  '0008,0060 CS': 'XA',
  '0020,0052 UI': undefined,
  '0028,1040 CS': 'LOG',
};

export function g10(name: string): CaseFiles {
  const bytes = new Uint8Array(12 * 4096).fill(180);
  for (const f of range(12)) {
    for (const row of range(64)) if (row >= 0) bytes.fill(60, f * 4096 + row * 64 + 30, f * 4096 + row * 64 + 33);
    bytes[f * 4096 + 2 * 64 + 2 + f] = 255;
  }
  const eight = {
    '0028,0100 US': 8,
    '0028,0101 US': 8,
    '0028,0102 US': 7,
    '7FE0,0010 OW': undefined,
    '7FE0,0010 OB': bytes,
  };
  const file = writeDicom({
    ...base(name, 1, 1, angiogram),
    '0018,1063 DS': '66.6667',
    '0018,1110 DS': '1000',
    '0018,1111 DS': '750',
    '0018,1114 DS': '1.3333',
    '0018,1164 DS': '0.4\\0.4',
    '0018,1510 DS': '30',
    '0018,1511 DS': '-15',
    '0028,0009 AT': 0x00181063,
    ...pixels(64, 64, [], { frames: 12 }),
    ...eight,
  });
  return new Map([['run1', file]]);
}

export function g11(name: string): CaseFiles {
  const random = randomOf(5);
  const background = Array.from({ length: 6400 }, () => 300 + Math.floor(random() * 400));
  const stored: number[] = [];
  for (const f of range(10)) {
    const [down, right] = f < 6 ? [0, 0] : [1, -2];
    const depth = f >= 3 && f <= 5 ? 150 : f >= 6 && f <= 8 ? 90 : 0;
    for (const row of range(64))
      for (const column of range(64)) {
        const vessel = row >= 20 && row < 44 && column >= 30 && column < 34 ? depth : 0;
        stored.push((background[(row + 8 - down) * 80 + column + 8 - right] ?? 0) - vessel);
      }
  }
  const file = writeDicom({
    ...base(name, 1, 1, angiogram),
    '0018,1065 DS': ['0', '500', '500', '500', '500', '250', '250', '250', '250', '250'],
    '0028,0009 AT': 0x00181065,
    '0028,1090 CS': 'SUB',
    '0028,6100 SQ': [
      { '0028,6101 CS': 'AVG_SUB', '0028,6102 US': [3, 6], '0028,6110 US': [1, 2] },
      { '0028,6101 CS': 'AVG_SUB', '0028,6102 US': [7, 10], '0028,6110 US': [1], '0028,6114 FL': [1, 2] },
    ],
    ...pixels(64, 64, stored, { bits: 10, frames: 10 }),
  });
  return new Map([['dsa.dcm', file]]);
}

export function g13(name: string): CaseFiles {
  const region = (
    box: readonly number[],
    format: number,
    units: readonly number[],
    delta: readonly number[],
  ): DicomElements => ({
    '0018,6012 US': format,
    '0018,6014 US': format,
    '0018,6016 UL': 0,
    '0018,6018 UL': box[0],
    '0018,601A UL': box[1],
    '0018,601C UL': box[2],
    '0018,601E UL': box[3],
    '0018,6024 US': units[0],
    '0018,6026 US': units[1],
    '0018,602C FD': delta[0],
    '0018,602E FD': delta[1],
  });
  const rgb = Uint8Array.from({ length: 120 * 160 * 3 }, (_, i) => {
    const [row, column] = [Math.floor(i / 480), Math.floor(i / 3) % 160];
    return row >= 60 ? 60 : column < 80 ? 90 : 120;
  });
  const file = writeDicom({
    ...base(name, 1, 1, {
      '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.6.1',
      '0008,0060 CS': 'US',
      '0020,0052 UI': undefined,
    }),
    '0018,6011 SQ': [
      region([0, 0, 79, 59], 1, [3, 3], [0.02, 0.02]),
      region([80, 0, 159, 59], 1, [3, 3], [0.05, 0.04]),
      region([0, 60, 159, 119], 3, [4, 7], [0.01, 0.5]),
    ],
    '0028,0002 US': 3,
    '0028,0004 CS': 'RGB',
    '0028,0006 US': 0,
    '0028,0010 US': 120,
    '0028,0011 US': 160,
    '0028,0100 US': 8,
    '0028,0101 US': 8,
    '0028,0102 US': 7,
    '0028,0103 US': 0,
    '7FE0,0010 OB': rgb,
  });
  return new Map([['us', file]]);
}

/** The six names in the bytes of their character sets; Japanese and Korean are the examples of PS3.5 H and I. */
export function g14(name: string): CaseFiles {
  const hex = (digits: string) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const cases: readonly (readonly [string, string | undefined, Uint8Array])[] = [
    ['latin1', 'ISO_IR 100', latin1('Müller^Jürgen')],
    ['utf8', 'ISO_IR 192', new TextEncoder().encode('Zoë^Łukasz')],
    ['gb18030', 'GB18030', hex('57616e675e5869616f446f6e673dcdf55ed0a1b6ab3d')],
    [
      'japanese',
      '\\ISO 2022 IR 87',
      hex(
        '59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b28423d1b24422464245e24401b28425e1b2442243f246d24261b2842',
      ),
    ],
    [
      'korean',
      '\\ISO 2022 IR 149',
      hex('486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf'),
    ],
    ['undeclared', undefined, latin1('Lefèvre^Zoé')],
  ];
  return new Map(
    cases.map(([tag, terms, bytes], i) => [
      `${tag}.dcm`,
      writeDicom({
        ...base(name, i + 1, 1, { '0008,0016 UI': SECONDARY_CAPTURE, '0008,0060 CS': 'OT', '0020,0052 UI': undefined }),
        '0008,0005 CS': terms,
        '0010,0010 PN': bytes,
        '0010,0020 LO': `CS-${tag}`,
        '0020,000D UI': `1.2.826.0.1.3680043.8.498.77.14.${i + 1}.900`,
        ...pixels(16, 16, range(256)),
      }),
    ]),
  );
}

export function g15(name: string): CaseFiles {
  const folder = '100% fertig #2 & été/日本 語/a+b (c)';
  const slice = (k: number) =>
    ctFile(name, 1, k + 1, {
      position: [-16, -16, 2 * k],
      spacing: [1, 1],
      size: 32,
      thickness: 2,
      hu: ([x, y, z]) => x + y + 10 * z,
    });
  const names = ['IM 1', 'IM#2', 'IM%203', 'ＩＭ４', 'im_5', 'IM6.DCM'];
  const last = slice(5);
  const text = (written: string) => new TextEncoder().encode(written);
  return new Map<string, Uint8Array<ArrayBuffer>>([
    ...names.map((file, k): [string, Uint8Array<ArrayBuffer>] => [`${folder}/${file}`, slice(k)]),
    ['copy/same again.dcm', slice(2)],
    [`${folder}/nopreamble`, slice(6).slice(132)],
    ['empty.dcm', new Uint8Array(0)],
    ['Thumbs.db', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, ...new Array<number>(600).fill(0)])],
    ['autorun.inf', text('[autorun]\nopen=viewer.exe\n')],
    ['report.pdf', text('%PDF-1.4\n%%EOF\n')],
    ['notes.dcm', text('this is a text file with a DICOM ending\n'.repeat(20))],
    ['cut_short.dcm', last.slice(0, Math.floor(last.length / 2))],
    ['.DS_Store', Uint8Array.from([0, 0, 0, 1, 66, 117, 100, 49])],
  ]);
}

export async function g16(name: string): Promise<CaseFiles> {
  const random = randomOf(3);
  const frames = range(5).map((f) =>
    Uint16Array.from({ length: 4096 }, (_, i) => (i % 64 < 8 && i < 512 ? 1000 + 100 * f : Math.floor(random() * 800))),
  );
  const packed = frames.map(rle);
  const lossless = await Promise.all(frames.map((frame) => jpegLs(frame, 64, 64, 12)));
  const thirds = lossless.map((bytes) => {
    const third = Math.floor(bytes.length / 3) & ~1;
    return [bytes.slice(0, third), bytes.slice(third, 2 * third), bytes.slice(2 * third)];
  });
  const offsets = (groups: readonly (readonly Uint8Array[])[]) => {
    let at = 0;
    return groups.map((group) => {
      const start = at;
      for (const piece of group) at += 8 + piece.length;
      return start;
    });
  };
  const RLE = '1.2.840.10008.1.2.5';
  const JPEG_LS = '1.2.840.10008.1.2.4.80';
  const file = (series: number, more: DicomElements, transferSyntaxUID?: string) =>
    writeDicom(
      {
        ...base(name, series, 1, { ...angiogram, '0028,1040 CS': 'LIN' }),
        '0018,1063 DS': '100',
        '0028,0009 AT': 0x00181063,
        ...pixels(
          64,
          64,
          frames.flatMap((frame) => [...frame]),
          { frames: 5 },
        ),
        ...more,
      },
      transferSyntaxUID === undefined ? {} : { transferSyntaxUID },
    );
  const compressed = (fragments: readonly Uint8Array[], offsetTable: readonly number[] = []): DicomElements => ({
    '7FE0,0010 OW': undefined,
    '7FE0,0010 OB': { fragments, offsetTable },
  });
  return new Map([
    ['plain.dcm', file(1, {})],
    ['rle_no_table.dcm', file(2, compressed(packed), RLE)],
    ['jls_three_fragments_a_frame_with_table.dcm', file(3, compressed(thirds.flat(), offsets(thirds)), JPEG_LS)],
    ['jls_three_fragments_a_frame_no_table.dcm', file(4, compressed(thirds.flat()), JPEG_LS)],
    [
      'jls_extended_table.dcm',
      file(
        5,
        {
          '7FE0,0001 OV': offsets(lossless.map((bytes) => [bytes])),
          '7FE0,0002 OV': lossless.map(({ length }) => length),
          ...compressed(lossless),
        },
        JPEG_LS,
      ),
    ],
    ['jls_wrong_table.dcm', file(6, compressed(lossless, [0, 0, 0, 0, 0]), JPEG_LS)],
  ]);
}

export function g17(name: string): CaseFiles {
  const written: readonly (readonly [string, string])[] = [
    ['comma', '0,143\\0,143'],
    ['padded', ' 0.50\\+5.0e-1'],
    ['one_value', '0.5'],
    ['zero', '0\\0'],
    ['negative', '-0.5\\0.5'],
    ['empty', ''],
    ['nan', 'NaN\\NaN'],
  ];
  return new Map(
    written.map(([tag, text], i) => [
      `${tag}.dcm`,
      writeDicom({
        ...base(name, i + 1, 1),
        ...placed([0, 0, 0], [1, 0, 0, 0, 1, 0], [1, 1]),
        '0028,0030 DS': text,
        '0028,1052 DS': '-1024',
        '0028,1053 DS': '1',
        ...pixels(32, 32, new Uint16Array(1024).fill(1024)),
      }),
    ]),
  );
}
