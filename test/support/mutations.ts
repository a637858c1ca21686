import fc from 'fast-check';
import { listElements, readDoseReport, type ReadInstance } from '../../src/dicom/index.ts';
import { ctSlice } from './dicomCases.ts';
import { readHead } from './dicomFiles.ts';
import { words, writeDicom } from './dicomWriter.ts';
import { madeTrouble } from './troubleCases.ts';

/** Small files shaped as real ones, of every form of writing and every kind of content that is read. */
export async function realShaped(): Promise<ReadonlyMap<string, Uint8Array>> {
  const rich = ctSlice({
    more: {
      '0008,1140 SQ': [{ '0008,1155 UI': '1.2', '0040,A170 SQ': [{ '0008,0100 SH': 'A' }] }],
      '0009,0010 LO': 'ACME',
      '0009,1001 UN': Uint8Array.from([1, 2, 3, 4]),
      '0028,3010 SQ': [{ '0028,3002 US': [2, 0, 8], '0028,3006 OW': Uint8Array.of(0, 255) }],
      '6000,0010 US': 8,
      '6000,0011 US': 8,
      '6000,0050 SS': [1, 1],
      '6000,0100 US': 1,
      '6000,3000 OW': new Uint8Array(8).fill(0x5a),
    },
  });
  const palette = {
    ...ctSlice({
      rows: 4,
      columns: 4,
      more: { '0028,0004 CS': 'PALETTE COLOR', '0028,0100 US': 8, '0028,0101 US': 8, '0028,0102 US': 7 },
    }),
    ...Object.fromEntries(
      ['1', '2', '3'].flatMap((c) => [
        [`0028,110${c} US`, [4, 0, 16]],
        [`0028,122${c} OW`, words([0, 2, 1, 2, 1, 2, 65535])],
      ]),
    ),
  };
  const enhanced = (await madeTrouble('G12_enhanced_ct_frames_shuffled')).get('ENH') ?? new Uint8Array(0);
  const ultrasound = (await madeTrouble('G13_us_three_regions')).get('us') ?? new Uint8Array(0);
  const encapsulated = await madeTrouble('G16_encapsulated_frames');
  return new Map<string, Uint8Array>([
    ['explicit', writeDicom(rich)],
    ['undefined lengths', writeDicom(rich, { undefinedLengths: true })],
    ['implicit', writeDicom(rich, { transferSyntaxUID: '1.2.840.10008.1.2' })],
    ['big endian', writeDicom(rich, { transferSyntaxUID: '1.2.840.10008.1.2.2' })],
    ['deflated', writeDicom(rich, { transferSyntaxUID: '1.2.840.10008.1.2.1.99' })],
    ['no preamble', writeDicom(rich, { preamble: false, meta: false })],
    ['palette', writeDicom(palette)],
    ['enhanced', enhanced],
    ['ultrasound', ultrasound],
    ['RLE', encapsulated.get('rle_no_table.dcm') ?? new Uint8Array(0)],
    ['extended offset table', encapsulated.get('jls_extended_table.dcm') ?? new Uint8Array(0)],
  ]);
}

/** Bytes changed at some places, most in the first kilobytes where headers are; cut at some length; some 32-bit lengths set to extremes. */
export interface Mutation {
  readonly bytes: readonly (readonly [number, number])[];
  readonly lengths: readonly (readonly [number, number])[];
  readonly cut: number;
}
const place = fc.oneof({ weight: 4, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.nat(200_000) });
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  bytes: fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 10 }),
  lengths: fc.array(fc.tuple(place, fc.constantFrom(0, 1, 7, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff)), {
    maxLength: 3,
  }),
  cut: fc.oneof(
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  ),
});

export function mutated(good: Uint8Array, { bytes, lengths, cut }: Mutation): Uint8Array {
  const out = good.slice(0, Math.floor(good.length * cut));
  if (out.length === 0) return out;
  const view = new DataView(out.buffer);
  for (const [at, value] of bytes) out[at % out.length] = value;
  for (const [at, value] of lengths) if (out.length >= 4) view.setUint32(at % (out.length - 3), value, true);
  return out;
}

/** Reads, lists and asks the dose of a damaged file; throws where an answer is out of bounds for what the file holds. */
export function readDamaged(bytes: Uint8Array, fileSize = bytes.length): ReadInstance {
  const got = readHead(bytes, 'x', 512);
  if (got.kind === 'other' && !/^[A-Z0-9].*\.$/.test(got.message)) throw new Error(`no sentence: ${got.message}`);
  const most = 256 * 1024 + 400 * bytes.length;
  if (JSON.stringify(got).length > most)
    throw new Error(`${JSON.stringify(got).length} characters from ${bytes.length} bytes`);
  const list = listElements(bytes, fileSize);
  if (list.kind === 'elements' && (list.elements.length > bytes.length / 2 + 10 || JSON.stringify(list).length > most))
    throw new Error('a header view larger than the file');
  readDoseReport(bytes, fileSize);
  return got;
}
