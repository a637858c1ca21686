import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import encoderModule from '@cornerstonejs/codec-libjxl/encodewasmjs';
import { ctSlice } from '../support/dicomCases.ts';
import { decodeIn } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';

const wasm = createRequire(import.meta.url).resolve('@cornerstonejs/codec-libjxl/encodewasm');

/** libjxl's own encoder, lossless. */
async function encoded(
  values: Uint8Array,
  info: { width: number; height: number; bitsPerSample: number; componentCount: number },
) {
  const module = await encoderModule({ wasmBinary: new Uint8Array(readFileSync(wasm)) });
  const encoder = new module.JpegXLEncoder();
  encoder.getDecodedBuffer({ ...info, isSigned: false }).set(values);
  encoder.setLossless(true);
  encoder.encode();
  const bytes = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return bytes.length % 2 === 0 ? bytes : Uint8Array.from([...bytes, 0]);
}
const file = (fragment: Uint8Array, more: DicomElements) =>
  writeDicom(
    ctSlice({
      rows: 16,
      columns: 24,
      more: { ...more, '7FE0,0010 OW': undefined, '7FE0,0010 OB': { fragments: [fragment] } },
    }),
    { transferSyntaxUID: '1.2.840.10008.1.2.4.110' },
  );

describe('JPEG XL', () => {
  it('gives 12-bit grey back as it was encoded without loss', async () => {
    const truth = Uint16Array.from({ length: 16 * 24 }, (_, i) => (i * 977) % 4096);
    const fragment = await encoded(new Uint8Array(truth.buffer), {
      width: 24,
      height: 16,
      bitsPerSample: 12,
      componentCount: 1,
    });
    const got = await decodeIn(file(fragment, { '0028,0101 US': 12, '0028,0102 US': 11 }));
    expect([...got.data]).toEqual([...truth]);
  });
  it('gives RGB back as it was encoded without loss', async () => {
    const truth = Uint8Array.from({ length: 16 * 24 * 3 }, (_, i) => (i * 89) % 256);
    const fragment = await encoded(truth, { width: 24, height: 16, bitsPerSample: 8, componentCount: 3 });
    const colour = {
      '0028,0002 US': 3,
      '0028,0004 CS': 'RGB',
      '0028,0006 US': 0,
      '0028,0100 US': 8,
      '0028,0101 US': 8,
      '0028,0102 US': 7,
    };
    expect([...(await decodeIn(file(fragment, colour))).data]).toEqual([...truth]);
  });
  it('names a damaged picture', async () => {
    await expect(
      decodeIn(file(new Uint8Array(64).fill(7), { '0028,0101 US': 12, '0028,0102 US': 11 })),
    ).rejects.toThrow(/damaged/);
  });
});
