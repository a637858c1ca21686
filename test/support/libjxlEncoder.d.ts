// The encoder of the JPEG XL codec ships no declarations; tests make their pictures with it.
declare module '@cornerstonejs/codec-libjxl/encodewasmjs' {
  interface JpegXLEncoder {
    getDecodedBuffer(info: {
      readonly width: number;
      readonly height: number;
      readonly bitsPerSample: number;
      readonly componentCount: number;
      readonly isSigned: boolean;
    }): Uint8Array;
    setLossless(on: boolean): void;
    encode(): void;
    getEncodedBuffer(): Uint8Array;
    delete(): void;
  }
  export default function factory(options: {
    readonly wasmBinary: Uint8Array;
  }): Promise<{ JpegXLEncoder: new () => JpegXLEncoder }>;
}
