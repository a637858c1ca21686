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
  /** Pixel Padding Range Limit (0028,0121): values between it and `paddingValue`, ends included, are padding too. */
  readonly paddingLimit?: number;
  /** Float (7FE0,0008) or Double Float Pixel Data (7FE0,0009): IEEE numbers of `bitsAllocated` bits. */
  readonly floating?: true;
  /** PALETTE COLOR only. */
  readonly palette?: Palette;
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
  /**
   * The data set is deflated from this byte of the file on, for so many bytes; `offset` then counts in the file as if
   * everything from there on were inflated. `openFrames` of src/pixels knows how to read it.
   */
  readonly deflated?: { readonly from: number; readonly bytes: number };
  /** Bytes of the file, where known: frames are never looked for beyond. */
  readonly fileSize?: number;
}

/** Palette colour tables (0028,1101-1103, 1201-1203): stored value `first + i` is drawn with entry i, 8 bit each. */
export interface Palette {
  readonly first: number;
  readonly red: readonly number[];
  readonly green: readonly number[];
  readonly blue: readonly number[];
}

/** One overlay plane (60xx): a bitmap laid over the picture. */
export interface Overlay {
  /** 0x6000, 0x6002, ... 0x601e. */
  readonly group: number;
  readonly rows: number;
  readonly columns: number;
  /** Row and column of the picture, from 0, on which the overlay's first pixel lies; may be negative. */
  readonly origin: readonly [number, number];
  /** G: graphics, R: a region of interest. */
  readonly type: 'G' | 'R';
  readonly label: string;
  readonly description: string;
  /** The image frame (from 1) that the first overlay frame belongs to; the next follow. */
  readonly firstFrame: number;
  readonly frames: number;
  /** Lengths of runs of pixels off, on, off, ... through all frames row by row; null where the bits lie in the pixel data. */
  readonly runs: readonly number[] | null;
  /** Bit (from 0) of the stored pixels that holds the overlay, where `runs` is null. */
  readonly bit: number | null;
}

/** What of a projection the X-rays or the maker's mask left free; every shape given must hold. Pixels from 0. */
export interface Shutter {
  /** First and last column and row that are free. */
  readonly rectangle?: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly circle?: { readonly row: number; readonly column: number; readonly radius: number };
  /** Corners [row, column]. */
  readonly polygon?: readonly (readonly [row: number, column: number])[];
}

/** A table that takes the place of a formula: value `first + i` becomes `values[i]`; beyond its ends the end's entry. */
export interface LookupTable {
  readonly first: number;
  readonly values: readonly number[];
}

/** One region of an ultrasound image with its own scale (0018,6011); edges in pixels, inclusive. */
export interface UltrasoundRegion {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** 1: 2D, 2: M-mode, 3: spectral, 4: waveform, 5: graphics. */
  readonly spatialFormat: number;
  readonly dataType: number;
  /** 3: cm, 4: seconds, 7: cm/s, ... (PS3.3 C.8.5.5.1.15). */
  readonly unitsX: number;
  readonly unitsY: number;
  /** Per pixel, in those units. */
  readonly deltaX: number;
  readonly deltaY: number;
  /** Region Flags (0018,6016); bit 0: of lower priority than the regions it overlaps. */
  readonly flags?: number;
}

/** What may tell apart two frames at one place: empty where the file does not say. */
export interface FrameMarks {
  readonly stack: string;
  readonly temporalPosition: string;
  readonly acquisition: string;
  readonly echo: string;
  readonly bValue: string;
  readonly imageType: string;
  readonly segment: string;
  /** Sortable: date and time of acquisition (or of content), and trigger time in ms. */
  readonly time: string;
  readonly cardiacPhase?: string;
  /** Trigger delay or trigger time, ms. */
  readonly trigger?: string;
  /** Diffusion gradient direction. */
  readonly gradient?: string;
  readonly inversion?: string;
  readonly flip?: string;
  /** kVp, or kiloelectronvolts of a virtual monoenergetic image. */
  readonly energy?: string;
  readonly kernel?: string;
  /** Image Comments, Protocol Name: used only to name parts that something else tells apart. */
  readonly comment?: string;
  readonly protocol?: string;
  /** Dimension Index Values (0020,9157) of dimensions other than place, stack and those above. */
  readonly dimensions?: string;
  /** In-Stack Position Number (0020,9057): never used for order, only compared with the positions. */
  readonly inStack?: number;
}

/** value = stored * slope + intercept, in `unit` ('HU', else RescaleType, else '1'); with a table: its entry. */
export interface Rescale {
  readonly slope: number;
  readonly intercept: number;
  readonly unit: string;
  /** Modality LUT (0028,3000); slope and intercept are then 1 and 0. */
  readonly table?: LookupTable;
}

/** Millimetres between pixels: [between rows, between columns], with where they come from. */
export interface PixelSpacing {
  readonly mm: readonly [number, number];
  readonly basis: Exclude<Basis, 'none'>;
}

/** Where tube, patient and detector stood for a projection and which part of the detector was used; null where not told. */
export interface ProjectionGeometry {
  readonly imagerPixelSpacing: readonly [number, number] | null;
  readonly sourceToDetectorMm: number | null;
  readonly sourceToPatientMm: number | null;
  readonly primaryAngleDeg: number | null;
  readonly secondaryAngleDeg: number | null;
  /** Shape, dimensions, origin, rotation and flip as written: only compared. */
  readonly fieldOfView: string | null;
}

/** The facts of one frame. */
export interface FrameFacts {
  /** LPS mm of the centre of the first pixel; null where the file gives none. */
  readonly position: LpsMm | null;
  /** Unit vectors: direction of increasing column index, of increasing row index; null where none. */
  readonly orientation: readonly [Vec3, Vec3] | null;
  readonly rescale: Rescale;
  readonly pixelSpacing: PixelSpacing | null;
  readonly marks?: FrameMarks;
  /** Window of this frame alone, where it has one. */
  readonly windows?: readonly WindowPreset[];
  /** Projections only. */
  readonly projection?: ProjectionGeometry;
}

export interface WindowPreset {
  readonly centre: number;
  readonly width: number;
  readonly name: string | null;
  /** VOI LUT Function (0028,1056); absent: linear (PS3.3 C.11.2.1.2). `displayFraction` of src/pixels applies all. */
  readonly function?: 'linear-exact' | 'sigmoid';
  /** A VOI LUT (0028,3010) in place of the formula, entries scaled to 0..1; centre and width then tell its span. */
  readonly lut?: LookupTable;
}
export interface PatientFacts {
  readonly name: string;
  readonly id: string;
  readonly birthDate: string;
  readonly sex: string;
}
export interface StudyFacts {
  readonly studyInstanceUID: string;
  readonly date: string;
  readonly time: string;
  readonly description: string;
}

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
  readonly series: {
    readonly number: number | null;
    readonly description: string;
    readonly bodyPart: string;
    readonly date: string;
    readonly time: string;
  };
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
  /** Ultrasound only. */
  readonly regions?: readonly UltrasoundRegion[];
  readonly overlays?: readonly Overlay[];
  readonly shutter?: Shutter;
  /** Representative Frame Number (0028,6010), from 1: the one that stands for a run. Absent where none of its frames is named. */
  readonly representativeFrame?: number;
  /** Radiation of this image as its header tells it; absent where it tells none. */
  readonly dose?: Dose;
  readonly notes: readonly Note[];
}

export type Why =
  | 'uneven-spacing'
  | 'missing-slices'
  | 'mixed-orientation'
  | 'no-position'
  | 'projection'
  | 'ultrasound'
  | 'single-image'
  | 'color';

/** One picture of a series: the nth frame (from 1) of one of its instances. */
export interface FrameRef {
  readonly instance: number;
  readonly frame: number;
}

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

/** What a header tells of radiation. */
export interface Dose {
  /** CTDIvol (0018,9345), mGy. */
  readonly ctdiVolMGy?: number;
  /** Dose length product, mGy.cm. */
  readonly dlpMGyCm?: number;
  /** Dose area product (0018,115E), Gy.cm2. */
  readonly dapGyCm2?: number;
  /** Entrance dose at the reference point, mGy. */
  readonly referencePointMGy?: number;
  readonly fluoroscopySeconds?: number;
}
