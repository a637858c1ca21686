import { frameFacts, type Series, type UltrasoundRegion, type Why } from '../../src/dicom/index.ts';
import { cross, dot, subtract } from '../../src/geometry/index.ts';
import { seriesUnit } from '../../src/pixels/index.ts';
import {
  counted,
  depthText,
  noMeasuringIn3D,
  resampledSlices,
  tiltCorrected,
  trimmed,
  uncalibratedProjection,
} from './text.ts';

/** What changes how images may be read or measured, and what can still be measured. */
export interface SeriesWarning {
  readonly say: string;
  /** null where everything can be measured. */
  readonly still: string | null;
}

/** Reasons that a person would not expect of such images; a projection is no volume by nature. */
const surprising: readonly Why[] = ['uneven-spacing', 'missing-slices', 'mixed-orientation', 'no-position'];
const inOneSlice = 'Within one slice, lengths, angles, areas and values can be measured.';
const inPixels = 'Pixels and ratios can be measured, and millimetres after a calibration.';
/** Notes of the reading whose own sentences a physician needs. */
const told = new Set([
  'mixed-patients',
  'conflicting-copy',
  'duplicate-slices',
  'frame-order-disagrees',
  'character-set-undeclared',
  'subtraction-run',
  'position-unreadable',
  'spacing-missing',
  'rescale-unreadable',
  'modality-lut',
  'rate-is-a-default',
  'times-unreadable',
  'program-in-preamble',
]);

/** `calibratedBy`: the person's calibration that holds on the image; `atDepth`: where its millimetres are true. In the order of weight; the same sentences on the list, on the image and in the plan. */
export function seriesWarnings(series: Series, calibratedBy?: string, atDepth?: string): readonly SeriesWarning[] {
  // A person's calibration of the image takes the place of what the file says of its scale.
  const scale =
    calibratedBy === undefined
      ? scaleWarnings(series)
      : [{ say: `Calibrated by the user: ${calibratedBy}.`, still: atDepth ?? null }];
  return [...geometryWarnings(series), ...scale, ...unitWarnings(series), ...otherWarnings(series)];
}

function geometryWarnings(series: Series): readonly SeriesWarning[] {
  const { volume, why, modality } = series;
  if (volume?.correction === 'gantry-tilt') return [{ say: tiltCorrected, still: null }];
  if (volume?.correction === 'resampled') return [{ say: resampledSlices(volume.spacing[2]), still: null }];
  const reason = volume === null ? why.find((one) => surprising.includes(one)) : undefined;
  if (reason === undefined || modality === 'XA' || modality === 'US') return [];
  const where = reason === 'missing-slices' || reason === 'uneven-spacing' ? stepsText(series, reason) : null;
  return [
    {
      say: `${noMeasuringIn3D(reason)}${where === null ? '' : ` ${where}`}`,
      still: series.pixelSpacing === null ? null : inOneSlice,
    },
  ];
}

/** Where slices are missing, or which distances they have, in the order of display; null where positions are not known. */
function stepsText(series: Series, reason: 'missing-slices' | 'uneven-spacing'): string | null {
  const places = series.frames.map(({ instance, frame }) => {
    const from = series.instances[instance];
    return from === undefined ? null : frameFacts(from, frame);
  });
  const orientation = places[0]?.orientation ?? null;
  if (orientation === null) return null;
  const normal = cross(orientation[0], orientation[1]);
  const steps = places.flatMap((here, at) => {
    const from = places[at - 1]?.position;
    const to = here?.position;
    if (from === undefined || from === null || to === undefined || to === null) return [];
    return [{ from, to, mm: Math.round(Math.abs(dot(subtract(to, from), normal)) * 100) / 100 }];
  });
  const distances = [...new Set(steps.map(({ mm }) => mm))].sort((a, b) => a - b);
  if (reason === 'uneven-spacing' && distances.length < 5)
    return `They are ${distances.map(trimmed).join(' and ')} mm apart.`;
  const usual = steps.map(({ mm }) => mm).sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  const widest = steps.reduce<(typeof steps)[number] | null>((a, b) => (a === null || b.mm > a.mm ? b : a), null);
  if (usual === undefined || widest === null) return null;
  return `The widest gap is between ${depthText(widest.from, normal)} and ${depthText(widest.to, normal)}: ${trimmed(widest.mm)} mm instead of ${trimmed(usual)} mm.`;
}

function scaleWarnings(series: Series): readonly SeriesWarning[] {
  const { pixelSpacing, why, notes } = series;
  const regions = series.instances[0]?.regions ?? [];
  if (regions.length > 0) return regionWarnings(regions);
  if (why.includes('projection')) {
    const basis = pixelSpacing?.basis;
    if (basis === 'patient' || basis === 'calibrated' || basis === 'region') return [];
    const at =
      basis === 'detector'
        ? ' The spacing in the file is that of the detector.'
        : basis === 'estimated'
          ? ' The scale is an estimate.'
          : '';
    return [{ say: `${uncalibratedProjection}${at}`, still: 'Calibrate on something of known size for millimetres.' }];
  }
  if (pixelSpacing !== null) return [];
  const because = notes.find(({ code }) => code.startsWith('calibration-'))?.message;
  return [{ say: because ?? 'Not calibrated: the file gives no pixel spacing.', still: inPixels }];
}

/** One region with centimetres both ways is the usual picture and needs no word. */
function regionWarnings(regions: readonly UltrasoundRegion[]): readonly SeriesWarning[] {
  const plane = regions.filter(({ unitsX, unitsY }) => unitsX === 3 && unitsY === 3).length;
  if (plane === regions.length && plane === 1) return [];
  const others = regions.length - plane;
  const say = `${counted(regions.length, 'region', 'regions')}, each with its own scale: no millimetres across their edges.`;
  const flow = others === 0 ? '' : ' In spectral and M-mode regions: times and speeds, no lengths.';
  return [{ say: say + flow, still: plane === 0 ? null : 'Lengths within one 2D region are right.' }];
}

function unitWarnings(series: Series): readonly SeriesWarning[] {
  if (series.volume === null || seriesUnit(series) !== null) return [];
  return [
    { say: 'Slices have values in different units.', still: 'Lengths, angles and areas can be measured, not values.' },
  ];
}

function otherWarnings(series: Series): readonly SeriesWarning[] {
  const said = series.notes
    .filter(({ code }) => told.has(code))
    .map(({ message }): SeriesWarning => ({ say: message, still: null }));
  return series.instances.some(({ lossy }) => lossy)
    ? [...said, { say: 'Compressed lossy images.', still: null }]
    : said;
}
