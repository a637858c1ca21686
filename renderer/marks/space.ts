import type { Space } from '../../src/plan/index.ts';

/**
 * Whether points of `a` and of `b` are numbers of one system: the same frame of one image; or patient coordinates of one
 * frame of reference. Without a frame of reference only the same series (and part) shares its coordinates.
 */
export function sameSpace(a: Space, b: Space): boolean {
  if (a.in === 'image' || b.in === 'image') {
    if (a.in !== 'image' || b.in !== 'image') return false;
    return (
      a.seriesInstanceUID === b.seriesInstanceUID &&
      a.sopInstanceUID === b.sopInstanceUID &&
      a.frame === b.frame &&
      (a.derived ?? null) === (b.derived ?? null)
    );
  }
  if (a.frameOfReferenceUID !== null || b.frameOfReferenceUID !== null)
    return a.frameOfReferenceUID === b.frameOfReferenceUID;
  return a.seriesInstanceUID === b.seriesInstanceUID && a.part === b.part;
}

/**
 * Whether a point clicked on `b` may belong to an item begun on `a`: in the same space, and in the same part of a series.
 * Another phase has the same coordinates, but the organ has moved in it. (Another series of the frame of reference may:
 * an entry on the axial images, a target on the sagittal ones.)
 */
export function mayJoin(a: Space, b: Space): boolean {
  return sameSpace(a, b) && !otherPart(a, b);
}
function otherPart(a: Space, b: Space): boolean {
  return a.in === 'patient' && b.in === 'patient' && a.seriesInstanceUID === b.seriesInstanceUID && a.part !== b.part;
}

/** Why a point that was clicked on `other` cannot belong to what was begun on `begun`; one sentence. */
export function otherSpaceSentence(begun: Space, other: Space): string {
  if (begun.in === 'image' && other.in === 'image') {
    return begun.sopInstanceUID === other.sopInstanceUID
      ? `All points must lie on one frame: you began on frame ${begun.frame}, this is frame ${other.frame}.`
      : 'All points must lie on one image: this is another one.';
  }
  if (begun.in === 'patient' && other.in === 'patient' && otherPart(begun, other))
    return `All points must lie in the part where you began, ${begun.part ?? 'the whole'}: this is ${other.part ?? 'the whole'}.`;
  if (begun.in !== other.in) return 'All points must lie in the series where you began: this is another one.';
  return 'All points must lie in the series where you began: this one has another frame of reference.';
}
