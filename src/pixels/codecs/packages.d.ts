// The codec packages ship no declarations; this is what is used of them.

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  /** JPEG 2000 family only. */
  readonly isSigned?: boolean;
}
interface WasmDecoder {
  getEncodedBuffer(bytes: number): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  getDecodedBuffer(): Uint8Array;
  /** JPEG-LS only. */
  getInterleaveMode?(): number;
  delete(): void;
}
interface EmscriptenOptions {
  readonly wasmBinary: Uint8Array;
  locateFile(file: string): string;
  print(text: string): void;
  printErr(text: string): void;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  interface CharLS {
    JpegLSDecoder: new () => WasmDecoder;
    getExceptionMessage?(pointer: number): string;
  }
  export default function factory(options: EmscriptenOptions): Promise<CharLS>;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export default function factory(options: EmscriptenOptions): Promise<{ JPEGDecoder: new () => WasmDecoder }>;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export default function factory(options: EmscriptenOptions): Promise<{ J2KDecoder: new () => WasmDecoder }>;
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  export default function factory(options: EmscriptenOptions): Promise<{ HTJ2KDecoder: new () => WasmDecoder }>;
}
declare module '@cornerstonejs/codec-libjxl/decodewasmjs' {
  export default function factory(options: EmscriptenOptions): Promise<{ JpegXLDecoder: new () => WasmDecoder }>;
}
