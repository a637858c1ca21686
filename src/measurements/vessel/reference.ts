import type { AnyReference } from './item.ts';
import type { LumenProfile } from './lumenProfile.ts';
import type { Taper } from './taper.ts';

/** What to compare with, its places as mm along the path. */
export interface ReferenceAsk {
  readonly kind: AnyReference;
  /** Of `placed`. */
  readonly placed?: readonly [number, number];
  /** Of `contralateral`: that vessel's reference. */
  readonly other?: { readonly diameterMm: number; readonly spreadMm: number };
}
export interface ReferenceReading {
  readonly referenceMm: number;
  readonly referenceSpreadMm: number;
  /** Of a reference on one side: how far its middle lies from the narrowest place, mm. */
  readonly referenceDistanceMm: number | null;
  /** The reference lies wholly beyond the lesion. */
  readonly beyond: boolean;
}

/** Length of a one-sided reference, mm (contract.md). */
const besideMm = 5;

/** The normal diameter at a lesion. undefined: too little normal vessel where it was asked for. */
export function readReference(
  { position, meanDiameter, doubtful }: LumenProfile,
  taper: Taper | undefined,
  { kind, placed, other }: ReferenceAsk,
  lesion: { readonly startMm: number; readonly endMm: number; readonly atMm: number },
): ReferenceReading | undefined {
  const { startMm, endMm, atMm } = lesion;
  const over = (from: number, to: number, beyond: boolean): ReferenceReading | undefined => {
    const values = meanDiameter.filter((_, i) => {
      const x = position[i] ?? 0;
      return x >= from && x <= to && doubtful[i] !== true;
    });
    if (values.length < 5) return undefined;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      referenceMm: mean,
      referenceSpreadMm: Math.sqrt(square / (values.length - 1)),
      referenceDistanceMm: Math.abs((from + to) / 2 - atMm),
      beyond,
    };
  };
  const bare = { referenceDistanceMm: null, beyond: false };
  switch (kind) {
    case 'interpolated':
      return taper && { referenceMm: taper.at(atMm), referenceSpreadMm: taper.spreadMm, ...bare };
    case 'proximal':
      return over(startMm - besideMm, startMm, false);
    case 'distal':
      return over(endMm, endMm + besideMm, true);
    case 'mean': {
      const before = over(startMm - besideMm, startMm, false);
      const after = over(endMm, endMm + besideMm, true);
      if (before === undefined || after === undefined) return undefined;
      return {
        referenceMm: (before.referenceMm + after.referenceMm) / 2,
        referenceSpreadMm: Math.hypot(before.referenceSpreadMm, after.referenceSpreadMm) / 2,
        ...bare,
      };
    }
    case 'placed': {
      if (placed === undefined) return undefined;
      const [a, b] = [Math.min(...placed), Math.max(...placed)];
      const widened = Math.max(0, (besideMm - (b - a)) / 2);
      const [from, to] = placed[0] === placed[1] ? [a - widened, b + widened] : [a, b];
      return over(from, to, from >= endMm);
    }
    case 'contralateral':
      return other && { referenceMm: other.diameterMm, referenceSpreadMm: other.spreadMm, ...bare };
  }
}
