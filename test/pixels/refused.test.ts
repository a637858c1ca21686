import { describe, expect, it } from 'vitest';
import { ctSlice } from '../support/dicomCases.ts';
import { decodeIn, readHead } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';

const syntax = (name: string) => `1.2.840.10008.1.2.${name}`;
const encapsulated = (fragment: Uint8Array, more: DicomElements, name: string) =>
  writeDicom(
    ctSlice({
      rows: 8,
      columns: 8,
      more: { ...more, '7FE0,0010 OW': undefined, '7FE0,0010 OB': { fragments: [fragment] } },
    }),
    { transferSyntaxUID: syntax(name) },
  );

/** The head of a JPEG stream of 8 x 8 pixels, up to its scan: process (SOF), bits and components. */
function jpegHead(process: number, bits: number, components: number): Uint8Array {
  const parts = Array.from({ length: components }, (_, i) => [i + 1, 0x11, 0]).flat();
  const frame = [0xff, process, 0, 8 + 3 * components, bits, 0, 8, 0, 8, components, ...parts];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
  return Uint8Array.of(0xff, 0xd8, ...frame, ...scan, 0x55, 0x55, 0xff, 0xd9);
}

describe('pictures that are not read are refused by name', () => {
  const twelve: DicomElements = { '0028,0101 US': 12, '0028,0102 US': 11 };

  it('a JPEG of 12 bits in colour', async () => {
    const colour = { ...twelve, '0028,0002 US': 3, '0028,0004 CS': 'YBR_FULL', '0028,0006 US': 0 };
    const file = encapsulated(jpegHead(0xc1, 12, 3), colour, '4.51');
    await expect(decodeIn(file)).rejects.toThrow('The picture is a 12-bit JPEG in colour, which is not read.');
  });
  it('a JPEG of 12 bits that is progressive or arithmetic', async () => {
    for (const process of [0xc2, 0xc9])
      await expect(decodeIn(encapsulated(jpegHead(process, 12, 1), twelve, '4.51'))).rejects.toThrow(
        'The picture is a 12-bit JPEG that is progressive or arithmetic, which is not read.',
      );
  });
  it('compressed floating point', async () => {
    const { '7FE0,0010 OW': pixels, ...rest } = ctSlice({ rows: 8, columns: 8 });
    void pixels;
    const float = { ...rest, '0028,0100 US': 32, '7FE0,0008 OF': new Array<number>(64).fill(1) };
    const read = readHead(writeDicom(float, { transferSyntaxUID: syntax('4.80') }));
    expect(read).toMatchObject({
      kind: 'other',
      reason: 'unsupported-syntax',
      message: 'Floating-point pixels that are compressed (JPEG-LS Lossless) are not read.',
    });
  });
  for (const [name, words] of [
    ['4.92', 'JPEG 2000 Part 2'],
    ['4.94', 'JPIP'],
    ['4.100', 'MPEG-2'],
    ['4.102', 'MPEG-4'],
    ['4.107', 'HEVC'],
    ['4.999', syntax('4.999')],
  ] as const)
    it(`${words} (${name})`, () => {
      const read = readHead(encapsulated(new Uint8Array(64), {}, name));
      expect(read).toMatchObject({ kind: 'other', reason: 'unsupported-syntax' });
      expect(read.kind === 'other' ? read.message : '').toContain(words);
    });
});
