/** One decoded codestream, samples right-aligned in their numbers. */
export interface Decoded {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** Precision the codestream declares. */
  readonly bits: number;
  /** Whether the codestream itself says that its samples are signed (JPEG 2000 only). */
  readonly signed: boolean;
  /** Interleaved by pixel, unless `planar`. */
  readonly data: Uint8Array | Uint16Array | Int16Array;
  readonly planar: boolean;
}
