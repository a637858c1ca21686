import charls from '@cornerstonejs/codec-charls/decodewasmjs';
import libjxl from '@cornerstonejs/codec-libjxl/decodewasmjs';
import libjpegTurbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import openjph from '@cornerstonejs/codec-openjph/wasmjs';
import type { Decoded } from './decoded.ts';
import { decodeJpegExtended } from './jpegExtended.ts';
import { decodeJpegLossless } from './jpegLossless.ts';

export type CodecName = 'jpeg' | 'jpeg-extended' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl';

/** File names of the WebAssembly that the codecs need, as their packages call them. */
const wasmFiles = {
  'jpeg-ls': 'charlswasm_decode.wasm',
  jpeg: 'libjpegturbowasm_decode.wasm',
  'jpeg-2000': 'openjpegwasm_decode.wasm',
  htj2k: 'openjphjs.wasm',
  'jpeg-xl': 'jpegxlwasm_decode.wasm',
} as const;
export type WasmFile = (typeof wasmFiles)[keyof typeof wasmFiles];

export interface Codecs {
  /** Rejects with an Error that says what is wrong with the bytes. The result is a copy; nothing is shared with the codec. */
  decode(codec: CodecName, encoded: Uint8Array): Promise<Decoded>;
}

/**
 * The decoders, each loaded when first used.
 *
 * @param wasm gives the bytes of a WebAssembly file: the host reads them from disk, a worker fetches them.
 */
export function openCodecs({ wasm }: { readonly wasm: (file: WasmFile) => Promise<Uint8Array> }): Codecs {
  const options = async (file: WasmFile): Promise<EmscriptenOptions> => ({
    wasmBinary: await wasm(file),
    locateFile: (name) => name,
    print: () => undefined,
    printErr: () => undefined,
  });
  const made = new Map<CodecName, Promise<() => WasmDecoder>>();
  const makers: Readonly<
    Record<Exclude<CodecName, 'jpeg-lossless' | 'jpeg-extended'>, () => Promise<() => WasmDecoder>>
  > = {
    'jpeg-ls': async () => {
      const module = await charls(await options(wasmFiles['jpeg-ls']));
      return () => new module.JpegLSDecoder();
    },
    jpeg: async () => {
      const module = await libjpegTurbo(await options(wasmFiles.jpeg));
      return () => new module.JPEGDecoder();
    },
    'jpeg-2000': async () => {
      const module = await openjpeg(await options(wasmFiles['jpeg-2000']));
      return () => new module.J2KDecoder();
    },
    htj2k: async () => {
      const module = await openjph(await options(wasmFiles.htj2k));
      return () => new module.HTJ2KDecoder();
    },
    'jpeg-xl': async () => {
      const module = await libjxl(await options(wasmFiles['jpeg-xl']));
      return () => new module.JpegXLDecoder();
    },
  };
  return {
    async decode(codec, encoded) {
      if (codec === 'jpeg-lossless') return decodeJpegLossless(encoded);
      if (codec === 'jpeg-extended') return decodeJpegExtended(encoded);
      const known = made.get(codec);
      const making = known ?? makers[codec]();
      if (known === undefined) {
        made.set(codec, making);
        making.catch(() => made.delete(codec)); // the next picture may try again
      }
      return run(await making, encoded, codec);
    },
  };
}

function run(make: () => WasmDecoder, encoded: Uint8Array, codec: CodecName): Decoded {
  const decoder = make();
  try {
    decoder.getEncodedBuffer(encoded.length).set(encoded);
    decoder.decode();
    const info = decoder.getFrameInfo();
    const bytes = decoder.getDecodedBuffer();
    const wide = info.bitsPerSample > 8;
    const samples = info.width * info.height * info.componentCount;
    if (samples === 0 || bytes.length < samples * (wide ? 2 : 1)) throw new Error('the picture is incomplete');
    return {
      rows: info.height,
      columns: info.width,
      samplesPerPixel: info.componentCount,
      bits: info.bitsPerSample,
      signed: info.isSigned === true,
      data: wide ? new Uint16Array(bytes.slice(0, samples * 2).buffer) : bytes.slice(0, samples),
      // CharLS hands out interleave mode 0 (none) plane after plane, the others by pixel.
      planar: codec === 'jpeg-ls' && info.componentCount > 1 && decoder.getInterleaveMode?.() === 0,
    };
  } catch (error) {
    throw new Error(`The compressed picture is damaged (${codec}${reason(error)}).`, { cause: error });
  } finally {
    decoder.delete();
  }
}

/** The codecs throw numbers (addresses of C++ exceptions) and texts as well as errors. */
function reason(error: unknown): string {
  if (error instanceof Error) return `: ${error.message}`;
  return typeof error === 'string' ? `: ${error}` : '';
}
