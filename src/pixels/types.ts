export type PixelArray = Uint8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array;
export type PixelArrayType = 'Uint8Array' | 'Uint16Array' | 'Int16Array' | 'Float32Array';

/** One decoded frame in modality values (HU for CT), row by row; colour as RGB interleaved, 8 bit. */
export interface Frame {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: 1 | 3;
  readonly data: PixelArray;
  readonly unit: string;
}

/** One decoded frame as stored: bits masked and sign extended, before rescale. */
export interface StoredFrame {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: 1 | 3;
  readonly data: PixelArray;
}

/** Bytes of the file from `offset`; fewer than `length` only at the file's end. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** Where one frame lies in the file: its pieces, joined, are the frame. */
export interface FrameLocation {
  readonly pieces: readonly { readonly offset: number; readonly length: number }[];
  /** 1-bit frames may begin inside a byte: bits of the first piece that belong to the frame before. */
  readonly skipBits?: number;
}
