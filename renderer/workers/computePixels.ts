import { frameFacts, type Series } from '../../src/dicom/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import { seriesUnit, unitsDiffer, type Frame, type PixelArray } from '../../src/pixels/index.ts';
import { ok, refuse } from '../../src/quantity/index.ts';
import type { Outcome } from '../../src/quantity/index.ts';
import type { LoadedSeries } from '../cornerstone/types.ts';

/** The series' whole buffer as a volume, once every frame of it is decoded. No copy but for 32-bit integers. */
export async function volumeOf(loaded: LoadedSeries): Promise<Outcome<Volume>> {
  const { volume: geometry } = loaded.series;
  if (geometry === null)
    return refuse('no-volume', 'This series is no volume, so nothing can be measured through its slices.');
  if (loaded.samplesPerPixel !== 1) return refuse('color', 'A colour series has no values to measure in.');
  const unit = seriesUnit(loaded.series);
  if (unit === null) {
    const { code, say } = unitsDiffer(loaded.series);
    return refuse(code, say);
  }
  try {
    await loaded.whenAll();
  } catch (thrown) {
    return unreadable(thrown);
  }
  return ok({ geometry, data: asVolumeData(loaded.data), unit });
}

/** One frame (from 1) of one image, as a copy of its own: posting a view would carry the whole series along. */
export async function frameOf(
  loaded: LoadedSeries,
  asked: { readonly sopInstanceUID: string; readonly frame: number },
): Promise<Outcome<Frame>> {
  const index = frameIndex(loaded.series, asked);
  if (index < 0)
    return refuse('image-missing', `Frame ${asked.frame} of image ${asked.sopInstanceUID} is not in its series.`);
  try {
    await loaded.whenFrame(index);
  } catch (thrown) {
    return unreadable(thrown);
  }
  const { rows, columns } = loaded.series;
  const { samplesPerPixel } = loaded;
  const unit = unitOf(loaded, index);
  const size = rows * columns * samplesPerPixel;
  return ok({ rows, columns, samplesPerPixel, unit, data: loaded.data.slice(index * size, (index + 1) * size) });
}

/** Of one frame: slices may differ in it. */
function unitOf({ series, samplesPerPixel }: LoadedSeries, index: number): string {
  const ref = series.frames[index];
  const instance = ref && series.instances[ref.instance];
  return instance && samplesPerPixel === 1 ? frameFacts(instance, ref.frame).rescale.unit : '1';
}

function frameIndex(series: Series, asked: { readonly sopInstanceUID: string; readonly frame: number }): number {
  return series.frames.findIndex(
    ({ instance, frame }) =>
      frame === asked.frame && series.instances[instance]?.sopInstanceUID === asked.sopInstanceUID,
  );
}

function asVolumeData(data: PixelArray): Volume['data'] {
  return data instanceof Int32Array || data instanceof Uint32Array ? Float32Array.from(data) : data;
}

function unreadable(thrown: unknown): Outcome<never> {
  return refuse('pixels-unreadable', thrown instanceof Error ? thrown.message : String(thrown));
}
