import { frameFacts } from '../dicom/index.ts';
import type { Instance, Series } from '../dicom/index.ts';
import { patientToVoxel } from '../geometry/index.ts';
import { modalityValue, type StoredFrame } from '../pixels/index.ts';
import { neighbours } from './neighbours.ts';
import { picturesThrough } from './onPlane.ts';
import type { Neighbour } from './neighbours.ts';
import type { ProbeRequest } from './probeRequest.ts';

export interface ProbeValue {
  /** Modality value; three numbers in colour. */
  readonly value: number | readonly number[];
  /** As in the file; only where the answer is one pixel's own. */
  readonly stored?: number | readonly number[];
  readonly unit: string;
  readonly interpolation: 'trilinear' | 'bilinear' | 'nearest' | 'none';
}
export interface ProbeError {
  readonly error: { readonly code: string; readonly message: string };
}
/** One frame as stored, before rescale; rejects with an Error that is a sentence. */
export type ReadStored = (instance: Instance, frame: number) => Promise<StoredFrame>;

type AtPoint = Extract<ProbeRequest, { at: unknown }>;
type AtPixel = Extract<ProbeRequest, { pixel: unknown }>;

/** Answers one question, in double precision from the stored values. Never throws for what the data hold. */
export async function probeValue(
  all: readonly Series[],
  request: ProbeRequest,
  readStored: ReadStored,
): Promise<ProbeValue | ProbeError> {
  const sameSeries = all.filter(({ seriesInstanceUID }) => seriesInstanceUID === request.series);
  if (sameSeries.length === 0) return no('series-missing', `The series ${request.series} is not among the data.`);
  const parts = request.part === undefined ? sameSeries : sameSeries.filter(({ part }) => part === request.part);
  if (parts.length === 0) return no('part-missing', `The series has no part "${request.part ?? ''}".`);
  try {
    return 'at' in request ? await atPoint(parts, request, readStored) : await atPixel(parts, request, readStored);
  } catch (error) {
    return no('unreadable', error instanceof Error ? error.message : 'The picture cannot be read.');
  }
}

function no(code: string, message: string): ProbeError {
  return { error: { code, message } };
}

async function atPoint(
  parts: readonly Series[],
  { at, nearest }: AtPoint,
  readStored: ReadStored,
): Promise<ProbeValue | ProbeError> {
  if (parts.every(({ volume }) => volume === null)) return inOnePlane(parts, at, nearest, readStored);
  const holding = parts.flatMap((series) => {
    if (!series.volume) return [];
    const found = neighbours(patientToVoxel(series.volume, at), series.volume.dimensions, nearest);
    return found ? [{ series, found }] : [];
  });
  if (holding.length > 1) {
    const names = holding.map(({ series }) => `"${series.part ?? ''}"`).join(', ');
    return no(
      'ambiguous-part',
      `Several parts of the series hold this point (${names}): say which by --part (in a batch: "part").`,
    );
  }
  const [only] = holding;
  if (!only) return no('outside', 'The point lies outside the images.');
  const { series, found } = only;
  const slice = (k: number): { instance: Instance; frame: number } => {
    const reference = series.frames[k];
    const instance = reference && series.instances[reference.instance];
    if (!reference || !instance) throw new Error(`The series has no image for slice ${k}.`);
    return { instance, frame: reference.frame };
  };
  return mixed(found, slice, nearest ? 'nearest' : 'trilinear', readStored);
}

/** Of a series that is no volume, only the planes of its own pictures are known. */
async function inOnePlane(
  parts: readonly Series[],
  at: AtPoint['at'],
  nearest: boolean,
  readStored: ReadStored,
): Promise<ProbeValue | ProbeError> {
  const holding = parts.map((series) => picturesThrough(series, at, nearest)).filter(({ length }) => length > 0);
  if (holding.length > 1) {
    return no(
      'ambiguous-part',
      'Several parts of the series hold this point: say which by --part (in a batch: "part").',
    );
  }
  const [picture, ...others] = holding[0] ?? [];
  if (!picture || others.length > 0) {
    const why = [...new Set(parts.flatMap((series) => series.why))].join(', ');
    return no(
      'no-volume',
      `The series is no volume (${why}), and the point lies in the plane of no single image of it.`,
    );
  }
  const { instance, frame, found } = picture;
  return mixed(found, () => ({ instance, frame }), nearest ? 'nearest' : 'trilinear', readStored);
}

async function atPixel(
  parts: readonly Series[],
  { pixel, sop, frame = 1 }: AtPixel,
  readStored: ReadStored,
): Promise<ProbeValue | ProbeError> {
  const images = new Map<string, Instance>();
  for (const { instances } of parts) for (const one of instances) images.set(one.sopInstanceUID, one);
  if (sop === undefined && images.size > 1) {
    return no('sop-needed', `The series has ${images.size} images: say which by its SOP Instance UID.`);
  }
  const instance = sop === undefined ? [...images.values()][0] : images.get(sop);
  if (!instance) return no('image-missing', `The image ${sop ?? ''} is not in this series.`);
  if (frame > instance.frames) {
    return no('image-missing', `The image has no frame ${frame}; it has ${instance.frames}.`);
  }
  const { columns, rows } = instance.pixel;
  const found = neighbours([pixel[0], pixel[1], 0], [columns, rows, 1], false);
  if (!found) return no('outside', 'The pixel lies outside the image.');
  const interpolation = found.length === 1 ? 'none' : 'bilinear';
  return mixed(found, () => ({ instance, frame }), interpolation, readStored);
}

/** The weighted sum of some pixels' modality values. */
async function mixed(
  found: readonly Neighbour[],
  imageOf: (slice: number) => { readonly instance: Instance; readonly frame: number },
  interpolation: ProbeValue['interpolation'],
  readStored: ReadStored,
): Promise<ProbeValue | ProbeError> {
  let sums: number[] = [];
  let lastStored: number[] = [];
  let unit: string | null = null;
  for (const { index, weight } of found) {
    const { instance, frame } = imageOf(index[2]);
    const picture = await readStored(instance, frame);
    const samples = picture.samplesPerPixel;
    const { rescale } = frameFacts(instance, frame);
    const at = (index[0] + picture.columns * index[1]) * samples;
    lastStored = Array.from({ length: samples }, (_, s) => picture.data[at + s] ?? NaN);
    // Colour has no modality values: what is stored is what is shown.
    const values = samples === 1 ? lastStored.map((value) => modalityValue(value, rescale)) : lastStored;
    sums = values.map((value, s) => (sums[s] ?? 0) + weight * value);
    const own = samples === 1 ? rescale.unit : '1';
    if (unit !== null && own !== unit)
      return no('units-differ', `The point lies between slices whose values have different units (${unit}, ${own}).`);
    unit = own;
  }
  const plain = (values: readonly number[]): number | readonly number[] =>
    values.length === 1 ? (values[0] ?? NaN) : values;
  return {
    value: plain(sums),
    ...(found.length === 1 ? { stored: plain(lastStored) } : {}),
    unit: unit ?? '1',
    interpolation,
  };
}
