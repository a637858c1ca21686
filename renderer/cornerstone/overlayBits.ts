import type { Instance, Series } from '../../src/dicom/index.ts';
import { overlayMask } from '../../src/pixels/index.ts';
import { frameAt } from './slicePlane.ts';

const bigEndianUID = '1.2.840.10008.1.2.2';

/** Whether an overlay lies in unused bits of the pixels, which are gone once the pixels are decoded. */
function inPixels({ overlays, pixelData }: Instance): boolean {
  return !pixelData.encapsulated && overlays !== undefined && overlays.some(({ runs }) => runs === null);
}

export function hasOverlays(series: Series): boolean {
  return series.instances.some(({ overlays }) => overlays !== undefined && overlays.length > 0);
}

/**
 * All overlays of one frame in one mask of rows x columns bytes, 1 where any lies; null where there is none.
 * @param encoded the frame's bytes as stored; without them overlays in the pixels' unused bits are left out
 */
export function overlaysOf(series: Series, index: number, encoded?: Uint8Array): Uint8Array | null {
  const { instance, ref } = frameAt(series, index);
  let all: Uint8Array | null = null;
  for (const overlay of instance.overlays ?? []) {
    const bytes = overlay.runs === null ? encoded : undefined;
    const from = bytes && { bytes, bigEndian: instance.transferSyntaxUID === bigEndianUID };
    const mask = overlayMask(overlay, instance.pixel, ref.frame, from);
    if (!mask) continue;
    if (all === null) all = Uint8Array.from(mask);
    else for (let i = 0; i < mask.length; i += 1) all[i] = (all[i] ?? 0) | (mask[i] ?? 0);
  }
  return all;
}

/** Overlays in the pixels' unused bits, kept aside as a frame comes: an eighth of a byte a pixel. */
export class OverlayBits {
  private readonly packed = new Map<number, Uint8Array>();

  keep(series: Series, index: number, encoded: Uint8Array): void {
    if (!inPixels(frameAt(series, index).instance)) return;
    const mask = overlaysOf(series, index, encoded);
    if (mask === null) return;
    const bits = new Uint8Array(Math.ceil(mask.length / 8));
    for (let i = 0; i < mask.length; i += 1) if (mask[i] === 1) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
    this.packed.set(index, bits);
  }

  /** The mask of a frame with whatever it has, kept or in its header. */
  mask(series: Series, index: number): Uint8Array | null {
    const bits = this.packed.get(index);
    if (!bits) return overlaysOf(series, index);
    return Uint8Array.from({ length: series.rows * series.columns }, (_, i) => ((bits[i >> 3] ?? 0) >> (i & 7)) & 1);
  }
}
