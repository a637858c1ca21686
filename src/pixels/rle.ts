/**
 * RLE Lossless of DICOM (PS3.5 annex G): each byte plane of each sample is one packed segment, most significant first.
 *
 * @param samples  rows x columns x samples per pixel.
 * @param bytesPerSample 1, 2 or 4.
 * @returns little-endian samples, plane after plane where there are several a pixel.
 * @throws Error with a sentence where the segments do not fit the picture.
 */
export function decodeRle(
  encoded: Uint8Array,
  pixels: number,
  samplesPerPixel: number,
  bytesPerSample: number,
): Uint8Array<ArrayBuffer> {
  const damaged = (why: string) => new Error(`The compressed picture is damaged (RLE: ${why}).`);
  if (encoded.length < 64) throw damaged('no header');
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const segments = view.getUint32(0, true);
  const expected = samplesPerPixel * bytesPerSample;
  if (segments !== expected) throw damaged(`${segments} segments instead of ${expected}`);
  const out = new Uint8Array(pixels * expected);
  for (let segment = 0; segment < segments; segment++) {
    const from = view.getUint32(4 + 4 * segment, true);
    const to = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : encoded.length;
    if (from < 64 || to > encoded.length || from >= to) throw damaged('a segment lies outside');
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    const filled = unpack(encoded, from, to, out, sample * pixels * bytesPerSample + byte, bytesPerSample, pixels);
    if (filled < pixels) throw damaged(`a segment ends after ${filled} of ${pixels} pixels`);
  }
  return out;
}

/** PackBits into every `stride`th byte; @returns how many were written, never more than `count`. */
function unpack(
  packed: Uint8Array,
  from: number,
  to: number,
  out: Uint8Array,
  start: number,
  stride: number,
  count: number,
): number {
  let written = 0;
  for (let at = from; at < to && written < count;) {
    const control = packed[at++] ?? 128;
    if (control < 128) {
      const run = Math.min(control + 1, to - at, count - written);
      for (let i = 0; i < run; i++) out[start + (written + i) * stride] = packed[at + i] ?? 0;
      at += control + 1;
      written += run;
    } else if (control > 128) {
      const value = packed[at++] ?? 0;
      const run = Math.min(257 - control, count - written);
      for (let i = 0; i < run; i++) out[start + (written + i) * stride] = value;
      written += run;
    }
  }
  return written;
}
