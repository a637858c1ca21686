import { getWebWorkerManager } from '@cornerstonejs/core';
import type { Series } from '../../src/dicom/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import { readNative, writeModality } from './standIn.ts';
import { frameAt } from './slicePlane.ts';

const native = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1.99']);

/** Decodes one frame's bytes into its place in the buffer, as modality values. @throws Error or a codec's string. */
export async function decodeInto(target: PixelArray, bytes: Uint8Array<ArrayBuffer>, series: Series, index: number): Promise<void> {
  const { instance, ref } = frameAt(series, index);
  if (native.has(instance.transferSyntaxUID)) {
    writeModality(readNative(bytes, instance), instance, ref.frame, target);
    return;
  }
  const { pixel } = instance;
  const answer: { pixelData: PixelArray } = await getWebWorkerManager().executeTask('dicomImageLoader', 'decodeTask', {
    imageFrame: {
      samplesPerPixel: pixel.samplesPerPixel,
      photometricInterpretation: pixel.photometricInterpretation,
      planarConfiguration: pixel.planarConfiguration,
      rows: pixel.rows,
      columns: pixel.columns,
      bitsAllocated: pixel.bitsAllocated,
      bitsStored: pixel.bitsStored,
      pixelRepresentation: pixel.signed ? 1 : 0,
    },
    transferSyntax: instance.transferSyntaxUID,
    pixelData: bytes,
    options: { preScale: { enabled: false } },
    decodeConfig: {},
  });
  writeModality(answer.pixelData, instance, ref.frame, target);
}
