import type { PixelFormat } from '../dicom/index.ts';

/** The stored values that are no picture but padding, ends included; null where the file names none (PS3.3 C.7.5.1.1.2). */
export function paddingRange(
  pixel: Pick<PixelFormat, 'paddingValue' | 'paddingLimit'>,
): readonly [number, number] | null {
  const { paddingValue, paddingLimit } = pixel;
  if (paddingValue === null) return null;
  const limit = paddingLimit ?? paddingValue;
  return [Math.min(paddingValue, limit), Math.max(paddingValue, limit)];
}
