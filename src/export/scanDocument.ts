import type { PixelSpacing, Series, Why } from '../dicom/index.ts';
import { planeDistanceMm } from '../geometry/index.ts';
import type { Vec3 } from '../geometry/index.ts';
import type { Note } from '../quantity/index.ts';

/** A series in the `scan` form of the contract. */
export interface ScannedSeries {
  readonly seriesInstanceUID: string;
  readonly studyInstanceUID: string;
  readonly frameOfReferenceUID: string | null;
  readonly part: string | null;
  readonly modality: string;
  readonly description: string;
  readonly patientName: string;
  readonly patientID: string;
  readonly instances: number;
  readonly frames: number;
  readonly rows: number;
  readonly columns: number;
  readonly transferSyntaxUIDs: readonly string[];
  readonly volume: {
    readonly dimensions: Vec3;
    readonly spacing: Vec3;
    readonly origin: Vec3;
    readonly direction: readonly [Vec3, Vec3, Vec3];
    readonly correction: null | 'gantry-tilt' | 'resampled';
    /** Beyond the contract (docs/codes.md): mm between neighbouring planes along their normal. */
    readonly planeDistance: number;
  } | null;
  readonly why: readonly Why[];
  readonly pixelSpacing: PixelSpacing | null;
  readonly frameRate: number | null;
  readonly frameTimes: readonly number[] | null;
  readonly notes: readonly Note[];
}
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
  readonly message: string;
}
export interface ScanDocument {
  readonly series: readonly ScannedSeries[];
  readonly skipped: readonly SkippedFile[];
}

/** What is there, as `scan --json` prints it: by study, series, part, whatever order the files were read in. */
export function scanDocument(series: readonly Series[], skipped: readonly SkippedFile[]): ScanDocument {
  return {
    series: series.map(scannedSeries).sort((a, b) => compare(sortKey(a), sortKey(b))),
    skipped: skipped.map(({ path, reason, message }) => ({ path, reason, message })),
  };
}

function scannedSeries(series: Series): ScannedSeries {
  const { volume, pixelSpacing } = series;
  return {
    seriesInstanceUID: series.seriesInstanceUID,
    studyInstanceUID: series.study.studyInstanceUID,
    frameOfReferenceUID: series.frameOfReferenceUID,
    part: series.part,
    modality: series.modality,
    description: series.description,
    patientName: series.patient.name,
    patientID: series.patient.id,
    instances: series.instances.length,
    frames: series.frames.length,
    rows: series.rows,
    columns: series.columns,
    transferSyntaxUIDs: [...new Set(series.instances.map((instance) => instance.transferSyntaxUID))].sort(),
    volume: volume && {
      dimensions: volume.dimensions,
      spacing: volume.spacing,
      origin: volume.origin,
      direction: volume.direction,
      correction: volume.correction,
      planeDistance: planeDistanceMm(volume),
    },
    why: series.why,
    pixelSpacing: pixelSpacing && { mm: pixelSpacing.mm, basis: pixelSpacing.basis },
    frameRate: series.frameRate,
    frameTimes: series.frameTimes,
    notes: series.notes.map(({ code, message }) => ({ code, message })),
  };
}

function sortKey({ studyInstanceUID, seriesInstanceUID, part }: ScannedSeries): string {
  return [studyInstanceUID, seriesInstanceUID, part ?? ''].join('\u0000');
}
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
