import { frameFacts } from '../dicom/index.ts';
import type { Series } from '../dicom/index.ts';
import type { Outcome } from '../quantity/index.ts';
import type { SliceRange, Volume } from '../imaging/index.ts';
import type { Frame } from '../pixels/index.ts';
import type { ImageSpace, PatientSpace, Space } from '../plan/index.ts';
import type { Given, ImageFacts, PixelNeed, SeriesFacts, SlicePlace } from './kind.ts';

/** Where `evaluate` gets headers and pixels. Window (a worker) and command line each implement it over their own. */
export interface PixelSource {
  /** undefined: the series (or its part) is not among the open data. */
  series(on: Space): SeriesFacts | undefined;
  /** undefined: the series has no such image or frame. */
  image(on: ImageSpace): ImageFacts | undefined;
  /** `slices`: all that will be looked at; absent: everything. */
  volume(on: PatientSpace, signal?: AbortSignal, slices?: SliceRange): Promise<Outcome<Volume>>;
  frame(on: ImageSpace, signal?: AbortSignal): Promise<Outcome<Frame>>;
}

/** The pixels that were asked for. */
export async function readPixels(
  need: PixelNeed,
  source: PixelSource,
  signal?: AbortSignal,
): Promise<Given['pixels'][number]> {
  return need.pixels === 'volume' ? source.volume(need.on, signal, need.slices) : source.frame(need.on, signal);
}

/** The facts of a series as read by `src/dicom`; window and command line both use this, so they cannot differ. */
export function factsOfSeries(series: Series): SeriesFacts {
  return {
    modality: series.modality,
    patientPosition: series.instances[0]?.patientPosition ?? '',
    volume: series.volume,
    why: series.why,
    frameOfReferenceUID: series.frameOfReferenceUID,
    ...(series.modality === 'MR' ? { angiography: isAngiography(series) } : {}),
    ...(series.volume === null ? { slices: slicesOf(series) } : {}),
  };
}

/** By what its maker or its makers' users call it: TOF, contrast angiography. Dark-blood series are called otherwise. */
function isAngiography({ description, instances }: Series): boolean {
  const types = instances[0]?.imageType ?? [];
  return /\b(tof|mra|ce-?mra|angio\w*)\b/iu.test([description, ...types].join(' ').replaceAll('_', ' '));
}

function slicesOf({ frames, instances }: Series): readonly SlicePlace[] {
  return frames.flatMap(({ instance: index, frame }) => {
    const instance = instances[index];
    if (instance === undefined) return [];
    const { position, orientation, pixelSpacing } = frameFacts(instance, frame);
    if (position === null || orientation === null || pixelSpacing?.basis !== 'patient') return [];
    const { sopInstanceUID } = instance;
    return [{ sopInstanceUID, frame, origin: position, axes: orientation, mm: pixelSpacing.mm }];
  });
}

/** The facts of one frame (from 1) of one image; undefined where the series does not have it. */
export function imageFactsOf(
  series: Series,
  on: { readonly sopInstanceUID: string; readonly frame: number },
): ImageFacts | undefined {
  const instance = series.instances.find(({ sopInstanceUID }) => sopInstanceUID === on.sopInstanceUID);
  if (instance === undefined || on.frame < 1 || on.frame > instance.frames) return undefined;
  const { pixelSpacing, projection } = frameFacts(instance, on.frame);
  return {
    modality: series.modality,
    rows: instance.pixel.rows,
    columns: instance.pixel.columns,
    pixelSpacing,
    pixelAspectRatio: instance.pixelAspectRatio,
    ...(instance.regions ? { regions: instance.regions } : {}),
    ...(projection ? { projection } : {}),
  };
}

/** The series of a list on which an item lies: by UID, and part or image where one UID holds several. */
export function seriesFor(all: readonly Series[], on: Space): Series | undefined {
  const same = all.filter(({ seriesInstanceUID }) => seriesInstanceUID === on.seriesInstanceUID);
  if (on.in === 'image')
    return (
      // The parts of one enhanced image share its SOP Instance UID: the frame says which is meant.
      same.find(({ instances, frames }) =>
        frames.some(
          ({ instance, frame }) => frame === on.frame && instances[instance]?.sopInstanceUID === on.sopInstanceUID,
        ),
      ) ??
      same.find(({ instances }) => instances.some(({ sopInstanceUID }) => sopInstanceUID === on.sopInstanceUID)) ??
      same[0]
    );
  // An item without a part on a series that has several cannot mean any one of them.
  return same.length === 1 && on.part === null ? same[0] : same.find(({ part }) => part === on.part);
}
