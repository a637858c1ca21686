import type { WindowPreset } from '../dicom/index.ts';

/**
 * How bright a modality value is drawn: 0 black to 1 white (of MONOCHROME2; MONOCHROME1 turns it round).
 * Linear (PS3.3 C.11.2.1.2.1), linear exact (.3.2), sigmoid (.3.1), or the entry of a VOI LUT (C.11.2.1.1).
 * A linear window narrower than 1, which the standard does not allow but images of fractions have, is taken as exact.
 */
export function displayFraction(preset: WindowPreset, value: number): number {
  const { centre, width, lut } = preset;
  if (lut !== undefined) {
    const last = lut.values.length - 1;
    return lut.values[Math.min(last, Math.max(0, Math.round(value) - lut.first))] ?? 0;
  }
  if (preset.function === 'sigmoid') return 1 / (1 + Math.exp((-4 * (value - centre)) / width));
  if (preset.function === 'linear-exact' || width < 1) {
    if (value <= centre - width / 2) return 0;
    return value > centre + width / 2 ? 1 : (value - centre) / width + 0.5;
  }
  if (value <= centre - 0.5 - (width - 1) / 2) return 0;
  return value > centre - 0.5 + (width - 1) / 2 ? 1 : (value - (centre - 0.5)) / (width - 1) + 0.5;
}
