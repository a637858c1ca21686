import type { PixelFormat } from '../dicom/index.ts';

/**
 * libjpeg takes three components for YCbCr unless a marker or the components' names say otherwise; files that DICOM
 * declares as RGB often carry neither.
 */
export function jpegColour(encoded: Uint8Array, pixel: PixelFormat): 'as-declared' | 'rgb-unmarked' {
  if (pixel.samplesPerPixel !== 3 || pixel.photometricInterpretation !== 'RGB') return 'as-declared';
  for (let i = 2; i + 4 < encoded.length && encoded[i] === 0xff;) {
    const marker = encoded[i + 1] ?? 0;
    if (marker === 0xe0 || marker === 0xee) return 'as-declared'; // JFIF or Adobe: the codestream speaks for itself
    if (marker === 0xda) break;
    i += 2 + (encoded[i + 2] ?? 0) * 256 + (encoded[i + 3] ?? 0);
  }
  return 'rgb-unmarked';
}

/** The same codestream with an Adobe marker that says "no colour transform". */
export function withRgbMarker(encoded: Uint8Array): Uint8Array {
  const adobe = [0xff, 0xee, 0x00, 0x0e, 0x41, 0x64, 0x6f, 0x62, 0x65, 0x00, 0x64, 0, 0, 0, 0, 0];
  const out = new Uint8Array(encoded.length + adobe.length);
  out.set(encoded.subarray(0, 2), 0);
  out.set(adobe, 2);
  out.set(encoded.subarray(2), 2 + adobe.length);
  return out;
}
