import type { Outline, PixelXY } from '../../geometry/index.ts';
import { crossesItself, outlineArea } from '../../geometry/index.ts';
import { outlineStatistics } from '../../imaging/index.ts';
import type { Note, Quantity } from '../../quantity/index.ts';
import { noPlaneNote, scaleUnder } from '../imageScale.ts';
import type { Computed, Given, ImageFacts, Run } from '../kind.ts';
import { noValues, valuesOf } from './values.ts';

const noArea: Quantity = { value: null, unit: 'px2', uncertainty: null, basis: 'none' };
export const crossingMessage = 'The outline crosses itself: it encloses no one area.';

/** Area of an outline in [column, row] with the image's own scale; `line`: points along it. */
export function areaInImage(image: ImageFacts, outline: Outline, line: readonly PixelXY[]): Computed {
  const nothing = (note: Note): Computed => ({ results: { area: noArea }, notes: [note] });
  if (outline.type === 'polygon' && crossesItself(outline.points))
    return nothing({ code: 'crosses-itself', key: 'area', message: crossingMessage });
  const under = scaleUnder(image, line, true);
  if (under.means === 'nothing') return nothing({ ...under.note, key: 'area' });
  if (under.means === 'axes') return nothing(noPlaneNote('area', 'area'));
  const { scale, notes } = under;
  const pixels = outlineArea(outline);
  const area: Quantity = {
    value: pixels * scale.column * scale.row,
    unit: scale.unit === 'mm' ? 'mm2' : 'px2',
    uncertainty: null,
    basis: scale.basis,
  };
  if (scale.assumed === null) return { results: { area }, notes };
  const { column, row, basis } = scale.assumed;
  return { results: { area: { ...area, estimate: { value: pixels * column * row, unit: 'mm2', basis } } }, notes };
}

/** Values of the image's pixels inside, as they are: each counts once, however large it is. */
export function valuesInImage(outline: Outline, [pixels]: Given['pixels'], { signal }: Run): Computed {
  if (outline.type === 'polygon' && crossesItself(outline.points)) return noValues('crosses-itself', crossingMessage);
  if (pixels === undefined) return noValues('no-pixels', 'The pixels of this image were not read.');
  if (!pixels.ok) return noValues(pixels.why.code, pixels.why.say);
  const frame = pixels.value;
  if ('geometry' in frame) return noValues('no-pixels', 'The pixels of this image were not read.');
  if (frame.samplesPerPixel !== 1) return noValues('colour', 'This image is in colour: its pixels have no one value.');
  return valuesOf(outlineStatistics(frame, outline, signal), frame.unit);
}
