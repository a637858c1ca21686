// The encoder of the JPEG-LS codec ships no declarations; tests make their pictures with it.
declare module '@cornerstonejs/codec-charls/wasmjs' {
  interface JpegLSEncoder {
    getDecodedBuffer(info: {
      readonly width: number;
      readonly height: number;
      readonly bitsPerSample: number;
      readonly componentCount: number;
      readonly isSigned: boolean;
    }): Uint8Array;
    setNearLossless(most: number): void;
    encode(): void;
    getEncodedBuffer(): Uint8Array;
    delete(): void;
  }
  export default function factory(options: {
    readonly wasmBinary: Uint8Array;
    print(text: string): void;
    printErr(text: string): void;
  }): Promise<{ JpegLSEncoder: new () => JpegLSEncoder }>;
}
