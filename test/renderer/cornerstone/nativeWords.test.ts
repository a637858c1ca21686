import { expect, it } from 'vitest';
import type { PixelFormat } from '../../../src/dicom/index.ts';
import { decodeFrame, openCodecs, viewOn, writeModality } from '../../../src/pixels/index.ts';
import { isNativeWords, writeNativeWords } from '../../../renderer/cornerstone/nativeWords.ts';

const codecs = openCodecs({ wasm: () => Promise.reject(new Error('none is needed')) });
const explicit = '1.2.840.10008.1.2.1';
const format = (bitsStored: number, highBit: number, signed: boolean): PixelFormat => ({
  rows: 37,
  columns: 29,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 16,
  bitsStored,
  highBit,
  signed,
  paddingValue: null,
});

/** Every word there is comes up somewhere: a full period of a linear congruence. */
function words(count: number): Uint8Array<ArrayBuffer> {
  const out = new Uint16Array(count);
  for (let i = 0, word = 12345; i < count; i += 1, word = (word * 25173 + 13849) & 0xffff) out[i] = word;
  return new Uint8Array(out.buffer);
}

for (const [bitsStored, highBit] of [
  [16, 15],
  [12, 11],
  [12, 15],
  [10, 12],
  [1, 0],
] as const) {
  for (const signed of [true, false]) {
    for (const [slope, intercept, type] of [
      [1, 0, signed ? 'Int16Array' : 'Uint16Array'],
      [1, -1024, 'Float32Array'],
      [0.37, 12.5, 'Float32Array'],
    ] as const) {
      it(`${bitsStored} bits up to bit ${highBit}, ${signed ? 'signed' : 'unsigned'}, times ${slope} plus ${intercept}: as src/pixels reads them`, async () => {
        const pixel = format(bitsStored, highBit, signed);
        const bytes = words(37 * 29);
        const rescale = { slope, intercept, unit: 'HU' };
        const count = 37 * 29;
        const expected = viewOn(type, new ArrayBuffer(count * 4), 0, count);
        const got = viewOn(type, new ArrayBuffer(count * 4), 0, count);
        const extent = writeModality(await decodeFrame(bytes.slice(), pixel, explicit, codecs), rescale, expected);
        expect(isNativeWords(bytes, pixel, explicit, rescale)).toBe(true);
        expect(writeNativeWords(bytes, pixel, rescale, got)).toEqual(extent);
        expect(got).toEqual(expected);
      });
    }
  }
}

it('leaves everything else to src/pixels', () => {
  const pixel = format(12, 11, false);
  const bytes = words(37 * 29);
  const plain = { slope: 1, intercept: 0, unit: '1' };
  expect(isNativeWords(bytes.subarray(2), pixel, explicit, plain)).toBe(false);
  expect(isNativeWords(bytes, pixel, '1.2.840.10008.1.2.2', plain)).toBe(false);
  expect(isNativeWords(bytes, pixel, '1.2.840.10008.1.2.4.70', plain)).toBe(false);
  expect(isNativeWords(bytes, { ...pixel, bitsAllocated: 8 }, explicit, plain)).toBe(false);
  expect(isNativeWords(bytes, { ...pixel, samplesPerPixel: 3 }, explicit, plain)).toBe(false);
  expect(isNativeWords(bytes, pixel, explicit, { ...plain, table: { first: 0, values: [1] } })).toBe(false);
});
