import type { Series } from '../../src/dicom/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import { DisplayState } from './displayState.ts';
import { openingWindow, ownWindows } from './displayWindow.ts';
import { isColourSeries } from './seriesBuffer.ts';
import { frameAt } from './slicePlane.ts';

/** Window, curve and inversion a series opens with. @param values of frame `index`, modality values */
export function openingDisplay(series: Series, index: number, values: PixelArray): DisplayState {
  const colour = isColourSeries(series);
  return new DisplayState(
    openingWindow(series, index, values, colour),
    frameAt(series, index).instance.pixel.photometricInterpretation === 'MONOCHROME1',
    colour ? [] : ownWindows(series, index),
  );
}
