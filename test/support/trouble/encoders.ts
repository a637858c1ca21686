import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** RLE Lossless of one 16-bit frame (PS3.5 annex G): literal runs only, which every decoder must read. */
export function rle(frame: Uint16Array): Uint8Array<ArrayBuffer> {
  const planes = [8, 0].map((shift) => literal(Uint8Array.from(frame, (value) => (value >> shift) & 255)));
  const header = new Uint32Array(16);
  header.set([2, 64, 64 + (planes[0]?.length ?? 0)]);
  return Uint8Array.from([...new Uint8Array(header.buffer), ...planes.flatMap((plane) => [...plane])]);
}

function literal(bytes: Uint8Array): number[] {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += 128) {
    const run = bytes.subarray(at, at + 128);
    out.push(run.length - 1, ...run);
  }
  if (out.length % 2 === 1) out.push(128); // no operation
  return out;
}

/** JPEG-LS lossless, by CharLS itself. */
export async function jpegLs(
  frame: Uint16Array,
  rows: number,
  columns: number,
  bits: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: charls } = await import('@cornerstonejs/codec-charls/wasmjs');
  const wasm = createRequire(import.meta.url).resolve('@cornerstonejs/codec-charls/wasm');
  const module = await charls({
    wasmBinary: new Uint8Array(readFileSync(wasm)),
    print: () => undefined,
    printErr: () => undefined,
  });
  const encoder = new module.JpegLSEncoder();
  const info = { width: columns, height: rows, bitsPerSample: bits, componentCount: 1, isSigned: false };
  encoder.getDecodedBuffer(info).set(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength));
  encoder.setNearLossless(0);
  encoder.encode();
  const bytes = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return bytes.length % 2 === 0 ? bytes : Uint8Array.from([...bytes, 0]);
}
