import type { Series, Why } from '../../src/dicom/index.ts';
import type { View } from '../cornerstone/types.ts';
import { noMeasuringIn3D, resampledSlices, tiltCorrected, uncalibratedProjection } from '../ui/text.ts';

/** What changes how the picture may be read, on the picture, in the page's own words. */
export function PictureNotes({ view }: { readonly view: View }) {
  const series = view.loaded?.series;
  const notes = series === undefined ? [] : notesOf(series);
  if (notes.length === 0) return null;
  return (
    <ul className="picture-notes">
      {notes.map((note) => (
        <li key={note} className="badge">
          {note}
        </li>
      ))}
    </ul>
  );
}

/** Reasons that a person would not expect of such images; a projection is no volume by nature. */
const surprising: readonly Why[] = [
  'uneven-spacing',
  'missing-slices',
  'mixed-orientation',
  'no-position',
  'single-image',
];

function notesOf(series: Series): readonly string[] {
  const notes: string[] = [];
  const basis = series.pixelSpacing?.basis;
  if (series.why.includes('projection')) {
    if (basis === undefined || basis === 'detector' || basis === 'estimated') notes.push(uncalibratedProjection);
    if (basis === 'detector') notes.push('at detector');
    if (basis === 'estimated') notes.push('estimated scale');
  } else if (series.pixelSpacing === null) notes.push('uncalibrated');
  if (series.volume?.correction === 'gantry-tilt') notes.push(tiltCorrected);
  if (series.volume?.correction === 'resampled') notes.push(resampledSlices(series.volume.spacing[2]));
  const why = series.volume === null ? series.why.find((one) => surprising.includes(one)) : undefined;
  if (why !== undefined && series.modality !== 'XA' && series.modality !== 'US') notes.push(noMeasuringIn3D(why));
  if (series.instances.some(({ lossy }) => lossy)) notes.push('Compressed lossy images.');
  return notes;
}
