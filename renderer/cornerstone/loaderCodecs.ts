import { getWebWorkerManager } from '@cornerstonejs/core';
import type { PixelFormat } from '../../src/dicom/index.ts';
import type { Codecs } from '../../src/pixels/index.ts';
import { openCodecs } from '../../src/pixels/index.ts';

type CodecName = Parameters<Codecs['decode']>[0];
type Decoded = Awaited<ReturnType<Codecs['decode']>>;

/** A transfer syntax that makes the loader's worker choose that decoder. */
const syntaxOf: Readonly<Record<Exclude<CodecName, 'jpeg-extended'>, string>> = {
  jpeg: '1.2.840.10008.1.2.4.50',
  'jpeg-lossless': '1.2.840.10008.1.2.4.70',
  'jpeg-ls': '1.2.840.10008.1.2.4.80',
  'jpeg-2000': '1.2.840.10008.1.2.4.90',
  htj2k: '1.2.840.10008.1.2.4.202',
  'jpeg-xl': '1.2.840.10008.1.2.4.110',
};

const withoutWasm = openCodecs({ wasm: (file) => Promise.reject(new Error(`${file} is not loaded here`)) });

/** What the loader's worker answers, as far as we read it. Not every decoder tells all. */
interface WorkerAnswer {
  readonly pixelData: Uint8Array | Uint16Array;
  readonly imageInfo?: {
    readonly columns: number;
    readonly rows: number;
    readonly bitsPerPixel: number;
    readonly signed?: boolean;
    readonly componentsPerPixel: number;
  };
  readonly interleaveMode?: number;
}

/**
 * The codecs of src/pixels as @cornerstonejs/dicom-image-loader's workers run them: the same wasm, off the main thread. What comes before
 * and after (colour, signs, masks, rescale) is src/pixels' in the window as on the command line, so both give the same pixels.
 */
export function loaderCodecs(pixel: PixelFormat): Codecs {
  return {
    decode: async (codec, encoded) => {
      // The loader's decoder of 12-bit JPEG gives other values than src/pixels in nearly every sample; this one needs no wasm.
      if (codec === 'jpeg-extended') return withoutWasm.decode(codec, encoded);
      // JPEG lossless tells no frame facts; its own header does.
      const header = codec === 'jpeg-lossless' ? jpegHeader(encoded) : null;
      const wide = pixel.bitsAllocated > 8 || (header?.bits ?? 0) > 8;
      const answer: WorkerAnswer = await getWebWorkerManager().executeTask('dicomImageLoader', 'decodeTask', {
        imageFrame: {
          samplesPerPixel: pixel.samplesPerPixel,
          photometricInterpretation: 'MONOCHROME2',
          planarConfiguration: 0,
          rows: pixel.rows,
          columns: pixel.columns,
          bitsAllocated: wide ? 16 : 8,
          bitsStored: wide ? 16 : 8,
          // Signs are undone after, by src/pixels.
          pixelRepresentation: 0,
        },
        transferSyntax: syntaxOf[codec],
        pixelData: encoded,
        // A named type: left to itself the worker takes the smallest that holds this frame's values.
        options: {
          preScale: { enabled: false },
          targetBuffer: { type: wide ? 'Uint16Array' : 'Uint8Array', offset: 0 },
        },
        decodeConfig: {},
      });
      return decoded(answer, header, codec);
    },
  };
}

function decoded(answer: WorkerAnswer, header: JpegHeader | null, codec: CodecName): Decoded {
  const info = answer.imageInfo;
  const rows = header?.rows ?? info?.rows ?? 0;
  const columns = header?.columns ?? info?.columns ?? 0;
  const samplesPerPixel = header?.components ?? info?.componentsPerPixel ?? 0;
  const bits = header?.bits ?? info?.bitsPerPixel ?? 0;
  if (rows * columns * samplesPerPixel === 0 || answer.pixelData.length < rows * columns * samplesPerPixel) {
    throw new Error(`The compressed picture is damaged (${codec}: the picture is incomplete).`);
  }
  return {
    rows,
    columns,
    samplesPerPixel,
    bits,
    signed: codec !== 'jpeg-ls' && info?.signed === true,
    data: answer.pixelData,
    // CharLS hands out interleave mode 0 (none) plane after plane.
    planar: codec === 'jpeg-ls' && samplesPerPixel > 1 && answer.interleaveMode === 0,
  };
}

interface JpegHeader {
  readonly bits: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
}

/** The frame header (SOFn) of a JPEG codestream; null where there is none. */
function jpegHeader(bytes: Uint8Array): JpegHeader | null {
  const word = (at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + word(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    const isTable = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
    if (marker >= 0xc0 && marker <= 0xcf && !isTable) {
      return { bits: bytes[at + 4] ?? 0, rows: word(at + 5), columns: word(at + 7), components: bytes[at + 9] ?? 0 };
    }
  }
  return null;
}
