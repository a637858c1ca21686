import { metaData } from '@cornerstonejs/core';
import type { Series } from '../../src/dicom/index.ts';
import { drawnSpacing, frameAt } from './slicePlane.ts';

/**
 * What Cornerstone is told of our images, by image id. It asks hundreds of times a volume, so every answer is made once.
 *
 * Images lie in a flat space of our own: pixel [col, row] of frame k at [col * columnSpacing, row * rowSpacing, k].
 * Where a frame is in the patient is known to us alone (slicePlane.ts, the volume's geometry): Cornerstone keeps directions
 * in single precision, invents missing positions and re-aims its camera when orientations change within a series.
 */
type Modules = Readonly<Record<string, object>>;
const known = new Map<string, Modules>();
let registered = false;

/** Once a page; above the library's own providers. */
export function registerMetadata(): void {
  if (registered) return;
  registered = true;
  metaData.addProvider(
    (type: string, imageId: unknown) => (typeof imageId === 'string' ? known.get(imageId)?.[type] : undefined),
    100_000,
  );
}

export function tellMetadata(
  imageId: string,
  series: Series,
  index: number,
  colour: boolean,
  bits: 8 | 16 | 32,
  signed: boolean,
): void {
  const { instance } = frameAt(series, index);
  const [rowSpacing, columnSpacing] = drawnSpacing(series, index);
  known.set(imageId, {
    imagePixelModule: {
      rows: series.rows,
      columns: series.columns,
      samplesPerPixel: colour ? 3 : 1,
      // Values in the buffer are modality values, and MONOCHROME1 is our own matter: see DisplayWindow.
      photometricInterpretation: colour ? 'RGB' : 'MONOCHROME2',
      planarConfiguration: 0,
      bitsAllocated: bits,
      bitsStored: bits,
      highBit: bits - 1,
      pixelRepresentation: signed ? 1 : 0,
      modality: series.modality,
    },
    imagePlaneModule: {
      frameOfReferenceUID: series.frameOfReferenceUID ?? series.key,
      rows: series.rows,
      columns: series.columns,
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      imagePositionPatient: [0, 0, index],
      pixelSpacing: [rowSpacing, columnSpacing],
      rowPixelSpacing: rowSpacing,
      columnPixelSpacing: columnSpacing,
      sliceThickness: 1,
      usingDefaultValues: false,
    },
    generalSeriesModule: { modality: series.modality, seriesInstanceUID: series.seriesInstanceUID },
    // Without a window here a volume asks a loader for its middle slice, past the cache.
    voiLutModule: { windowCenter: [128], windowWidth: [256] },
    sopCommonModule: { sopInstanceUID: instance.sopInstanceUID, sopClassUID: instance.sopClassUID },
  });
}

export function forgetMetadata(imageId: string): void {
  known.delete(imageId);
}

/** For tests of leaks. */
export function toldImages(): number {
  return known.size;
}
