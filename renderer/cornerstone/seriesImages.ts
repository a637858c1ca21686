import { cache, Enums, utilities } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import type { Series } from '../../src/dicom/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import { forgetMetadata, tellMetadata } from './metadata.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import { drawnSpacing } from './slicePlane.ts';

let lastToken = 0;

/** Cornerstone's images of a series: windows into its buffer, in its cache before any byte has come. No loader is ever called. */
export interface SeriesImages {
  readonly token: string;
  readonly ids: readonly string[];
  image(index: number): Types.IImage;
  /** Frame `index` as 8-bit grey levels that are drawn as they are. */
  prepared(index: number, greys: Uint8Array): Types.IImage;
  release(): void;
}

export function makeImages(loaded: LoadingSeries): SeriesImages {
  lastToken += 1;
  const token = `series${lastToken}`;
  const { series } = loaded;
  const colour = loaded.samplesPerPixel === 3;
  const { data } = loaded;
  const bits = data.BYTES_PER_ELEMENT === 1 ? 8 : data.BYTES_PER_ELEMENT === 2 ? 16 : 32;
  const signed = data instanceof Int16Array || data instanceof Int32Array;
  const images = series.frames.map((_, index) => {
    const id = `seldinger:${token}-${index}`;
    tellMetadata(id, series, index, colour, bits, signed);
    const image = makeImage(id, loaded, index);
    cache.putImageSync(id, image);
    return image;
  });
  const ids = images.map((image) => image.imageId);
  // The processor's own drawing builds its look-up table from the true extremes of a frame.
  const stop = loaded.onFrame((index, { min, max }) => {
    const image = images[index];
    if (!image) return;
    image.minPixelValue = min;
    image.maxPixelValue = max;
  });
  const told = new Set<string>();
  return {
    token,
    ids,
    prepared: (index, greys) => {
      const id = `seldinger:${token}-${index}-prepared`;
      if (!told.has(id)) tellMetadata(id, series, index, false, 8, false);
      told.add(id);
      return imageOf(id, series, index, greys, 1);
    },
    image: (index) => {
      const image = images[index];
      if (!image) throw new RangeError(`no frame ${index}`);
      return image;
    },
    release: () => {
      stop();
      for (const id of ids) {
        if (cache.isLoaded(id)) cache.removeImageLoadObject(id, { force: true });
        forgetMetadata(id);
      }
      for (const id of told) forgetMetadata(id);
    },
  };
}

function makeImage(imageId: string, loaded: LoadingSeries, index: number): Types.IImage {
  return imageOf(imageId, loaded.series, index, loaded.frame(index), loaded.samplesPerPixel);
}

function imageOf(
  imageId: string,
  series: Series,
  index: number,
  values: PixelArray,
  samplesPerPixel: 1 | 3,
): Types.IImage {
  const colour = samplesPerPixel === 3;
  const [rowSpacing, columnSpacing] = drawnSpacing(series, index);
  const image: Types.IImage = {
    imageId,
    dataType: dataTypeOf(values),
    rows: series.rows,
    columns: series.columns,
    height: series.rows,
    width: series.columns,
    color: colour,
    rgba: false,
    numberOfComponents: samplesPerPixel,
    rowPixelSpacing: rowSpacing,
    columnPixelSpacing: columnSpacing,
    slope: 1,
    intercept: 0,
    invert: false,
    minPixelValue: 0,
    maxPixelValue: 255,
    windowCenter: 128,
    windowWidth: 256,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    sizeInBytes: values.byteLength,
    // The values are modality values already.
    preScale: {
      enabled: true,
      scaled: true,
      scalingParameters: { modality: series.modality, rescaleSlope: 1, rescaleIntercept: 0 },
    },
    getPixelData: () => values,
    getCanvas: () => colourCanvas(series.rows, series.columns, values),
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      scalarData: values,
      width: series.columns,
      height: series.rows,
      numberOfComponents: samplesPerPixel,
    }),
  };
  return image;
}

function dataTypeOf(values: PixelArray): Types.PixelDataTypedArrayString {
  if (values instanceof Int16Array) return 'Int16Array';
  if (values instanceof Uint16Array) return 'Uint16Array';
  if (values instanceof Uint8Array) return 'Uint8Array';
  return 'Float32Array';
}

/** Only the processor's own drawing asks for this, of colour images. ImageData refuses shared memory, so it is copied. */
function colourCanvas(rows: number, columns: number, values: PixelArray): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const picture = new ImageData(columns, rows);
  for (let i = 0, k = 0; i < values.length; i += 3, k += 4) {
    picture.data[k] = values[i] ?? 0;
    picture.data[k + 1] = values[i + 1] ?? 0;
    picture.data[k + 2] = values[i + 2] ?? 0;
    picture.data[k + 3] = 255;
  }
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  return canvas;
}
