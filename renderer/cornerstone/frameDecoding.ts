import type { Series } from '../../src/dicom/index.ts';
import type { Extent, PixelArray } from '../../src/pixels/index.ts';
import { decodeFrame, writeModality } from '../../src/pixels/index.ts';
import { loaderCodecs } from './loaderCodecs.ts';
import { isNativeWords, writeNativeWords } from './nativeWords.ts';
import { frameAt } from './slicePlane.ts';

/**
 * Decodes one frame's bytes into its place in the buffer, as modality values: native ones here (a millisecond or two), compressed ones in
 * the loader's workers. @returns least and greatest value. @throws Error with a sentence.
 */
export async function decodeInto(
  target: PixelArray,
  bytes: Uint8Array<ArrayBuffer>,
  series: Series,
  index: number,
): Promise<Extent> {
  const { instance, facts } = frameAt(series, index);
  const { pixel, transferSyntaxUID } = instance;
  if (isNativeWords(bytes, pixel, transferSyntaxUID, facts.rescale))
    return writeNativeWords(bytes, pixel, facts.rescale, target);
  const stored = await decodeFrame(bytes, pixel, transferSyntaxUID, loaderCodecs(pixel));
  return writeModality(stored, facts.rescale, target);
}
