import { shown } from './attributes.ts';

export interface TransferSyntax {
  readonly name: string;
  readonly encapsulated: boolean;
  /** Whether `src/pixels` decodes it. */
  readonly supported: boolean;
}

const base = '1.2.840.10008.1.2';
const native = (name: string): TransferSyntax => ({ name, encapsulated: false, supported: true });
const packed = (name: string): TransferSyntax => ({ name, encapsulated: true, supported: true });
const refused = (name: string): TransferSyntax => ({ name, encapsulated: true, supported: false });

const TABLE: Readonly<Record<string, TransferSyntax>> = {
  [base]: native('Implicit VR Little Endian'),
  [`${base}.1`]: native('Explicit VR Little Endian'),
  [`${base}.1.99`]: native('Deflated Explicit VR Little Endian'),
  [`${base}.2`]: native('Explicit VR Big Endian'),
  [`${base}.5`]: packed('RLE Lossless'),
  [`${base}.4.50`]: packed('JPEG Baseline'),
  [`${base}.4.51`]: packed('JPEG Extended'),
  [`${base}.4.57`]: packed('JPEG Lossless'),
  [`${base}.4.70`]: packed('JPEG Lossless, first-order prediction'),
  [`${base}.4.80`]: packed('JPEG-LS Lossless'),
  [`${base}.4.81`]: packed('JPEG-LS Near-lossless'),
  [`${base}.4.90`]: packed('JPEG 2000 Lossless'),
  [`${base}.4.91`]: packed('JPEG 2000'),
  [`${base}.4.201`]: packed('High-Throughput JPEG 2000 Lossless'),
  [`${base}.4.202`]: packed('High-Throughput JPEG 2000 RPCL Lossless'),
  [`${base}.4.203`]: packed('High-Throughput JPEG 2000'),
  [`${base}.4.92`]: refused('JPEG 2000 Part 2 Lossless'),
  [`${base}.4.93`]: refused('JPEG 2000 Part 2'),
  [`${base}.4.94`]: refused('JPIP Referenced'),
  [`${base}.4.95`]: refused('JPIP Referenced Deflate'),
  [`${base}.4.100`]: refused('MPEG-2 Main Profile video'),
  [`${base}.4.100.1`]: refused('MPEG-2 Main Profile video'),
  [`${base}.4.101`]: refused('MPEG-2 High Level video'),
  [`${base}.4.101.1`]: refused('MPEG-2 High Level video'),
  [`${base}.4.102`]: refused('MPEG-4 AVC/H.264 video'),
  [`${base}.4.102.1`]: refused('MPEG-4 AVC/H.264 video'),
  [`${base}.4.103`]: refused('MPEG-4 AVC/H.264 BD-compatible video'),
  [`${base}.4.103.1`]: refused('MPEG-4 AVC/H.264 BD-compatible video'),
  [`${base}.4.104`]: refused('MPEG-4 AVC/H.264 video for 2D'),
  [`${base}.4.104.1`]: refused('MPEG-4 AVC/H.264 video for 2D'),
  [`${base}.4.105`]: refused('MPEG-4 AVC/H.264 video for 3D'),
  [`${base}.4.105.1`]: refused('MPEG-4 AVC/H.264 video for 3D'),
  [`${base}.4.106`]: refused('MPEG-4 AVC/H.264 stereo video'),
  [`${base}.4.106.1`]: refused('MPEG-4 AVC/H.264 stereo video'),
  [`${base}.4.107`]: refused('HEVC/H.265 Main Profile video'),
  [`${base}.4.108`]: refused('HEVC/H.265 Main 10 Profile video'),
  [`${base}.4.110`]: packed('JPEG XL Lossless'),
  [`${base}.4.111`]: packed('JPEG XL JPEG Recompression'),
  [`${base}.4.112`]: packed('JPEG XL'),
  [`${base}.8.1`]: refused('Deflated Image Frame Compression'),
};

/** What a transfer syntax is; an unknown one is refused by its number. */
export function transferSyntax(uid: string): TransferSyntax {
  return TABLE[uid] ?? refused(uid === '' ? 'no transfer syntax' : `transfer syntax ${shown(uid)}`);
}
