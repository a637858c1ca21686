import type { Basis, Note } from '../quantity/index.ts';
import type { LpsMm, Vec3, VolumeGeometry } from '../geometry/index.ts';

/** How the stored pixels of a file are laid out. */
export interface PixelFormat {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  readonly planarConfiguration: 0 | 1;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** In stored units, as Pixel Padding Value (0028,0120); null where the file has none. */
  readonly paddingValue: number | null;
}

/** Where the pixel data element lies in the file. */
export interface PixelDataLocation {
  /** Of the value's first byte; for encapsulated data of the basic offset table's item tag. */
  readonly offset: number;
  /** Bytes; null when of undefined length (encapsulated). */
  readonly length: number | null;
  readonly encapsulated: boolean;
  /** Extended offset table (7FE0,0001) and lengths (7FE0,0002), if the file has them. */
  readonly extendedOffsets?: readonly number[];
  readonly extendedLengths?: readonly number[];
}

/** value = stored * slope + intercept, in `unit` ('HU', else RescaleType, else '1'). */
export interface Rescale { readonly slope: number; readonly intercept: number; readonly unit: string }

/** Millimetres between pixels: [between rows, between columns], with where they come from. */
export interface PixelSpacing { readonly mm: readonly [number, number]; readonly basis: Exclude<Basis, 'none'> }

/** The facts of one frame. */
export interface FrameFacts {
  /** LPS mm of the centre of the first pixel; null where the file gives none. */
  readonly position: LpsMm | null;
  /** Unit vectors: direction of increasing column index, of increasing row index; null where none. */
  readonly orientation: readonly [Vec3, Vec3] | null;
  readonly rescale: Rescale;
  readonly pixelSpacing: PixelSpacing | null;
}

export interface WindowPreset { readonly centre: number; readonly width: number; readonly name: string | null }
export interface PatientFacts { readonly name: string; readonly id: string; readonly birthDate: string; readonly sex: string }
export interface StudyFacts { readonly studyInstanceUID: string; readonly date: string; readonly time: string; readonly description: string }

/** One image file, read up to its pixel data. */
export interface Instance {
  /** An opaque name of the file's bytes, given by whoever read it (a path in the host, a token in the window). */
  readonly source: string;
  readonly sopInstanceUID: string;
  readonly sopClassUID: string;
  readonly transferSyntaxUID: string;
  readonly seriesInstanceUID: string;
  readonly frameOfReferenceUID: string | null;
  readonly modality: string;
  readonly patient: PatientFacts;
  readonly study: StudyFacts;
  readonly series: { readonly number: number | null; readonly description: string; readonly bodyPart: string; readonly date: string; readonly time: string };
  readonly instanceNumber: number | null;
  readonly acquisition: string;
  readonly imageType: readonly string[];
  readonly patientPosition: string;
  readonly sliceThicknessMm: number | null;
  readonly pixel: PixelFormat;
  readonly pixelData: PixelDataLocation;
  readonly frames: number;
  /** One entry for all frames alike, or one a frame. Read through `frameFacts(instance, frame)`. */
  readonly facts: readonly FrameFacts[];
  /** Height of a pixel over its width (0028,0034) as [vertical, horizontal]; [1, 1] where absent. */
  readonly pixelAspectRatio: readonly [number, number];
  readonly windows: readonly WindowPreset[];
  readonly projection: {
    readonly imagerPixelSpacing: readonly [number, number] | null;
    readonly sourceToDetectorMm: number | null;
    readonly sourceToPatientMm: number | null;
    readonly primaryAngleDeg: number | null;
    readonly secondaryAngleDeg: number | null;
  } | null;
  /** Milliseconds from the first frame; constant interval, or one time a frame; null where no cine. */
  readonly timing: { readonly intervalMs: number } | { readonly timesMs: readonly number[] } | null;
  readonly lossy: boolean;
  readonly notes: readonly Note[];
}

export type Why = 'uneven-spacing' | 'missing-slices' | 'mixed-orientation' | 'no-position' | 'projection' | 'ultrasound' | 'single-image' | 'color';

/** One picture of a series: the nth frame (from 1) of one of its instances. */
export interface FrameRef { readonly instance: number; readonly frame: number }

/** Images that belong together and can be scrolled as one stack; a volume where their positions make one. */
export interface Series {
  /** Unique among everything scanned: the series UID, and the part where it has several. */
  readonly key: string;
  readonly seriesInstanceUID: string;
  readonly part: string | null;
  readonly frameOfReferenceUID: string | null;
  readonly modality: string;
  readonly description: string;
  readonly number: number | null;
  readonly patient: PatientFacts;
  readonly study: StudyFacts;
  readonly rows: number;
  readonly columns: number;
  readonly instances: readonly Instance[];
  /** In the order of display: along row x column for stacks with positions, else by instance number and frame. */
  readonly frames: readonly FrameRef[];
  readonly volume: VolumeGeometry | null;
  readonly why: readonly Why[];
  readonly pixelSpacing: PixelSpacing | null;
  readonly frameRate: number | null;
  readonly frameTimes: readonly number[] | null;
  readonly notes: readonly Note[];
}
