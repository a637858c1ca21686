import type { Note } from '../../quantity/index.ts';
import type { CorrectedVessel } from './contours.ts';
import { referenceOf } from './item.ts';
import type { VesselItem } from './item.ts';
import type { Narrowing } from './narrowing.ts';

/** A carotid is called NASCET only against one diameter beyond the lesion. */
export function isNascet(item: VesselItem, narrowing: Narrowing): boolean {
  const reference = referenceOf(item);
  return (
    item.options?.territory === 'carotid' && narrowing.beyond && (reference === 'distal' || reference === 'placed')
  );
}

/** What must be said beside the numbers of a vessel; safety sentences (S-11, S-12, S-15) word for word. */
export function vesselNotes(
  item: VesselItem,
  { vessel, byHand, unused }: CorrectedVessel,
  modality: string,
  narrowing: Narrowing | undefined,
): readonly Note[] {
  const notes: Note[] = [];
  const say = (code: string, message: string, key?: string): void =>
    void notes.push(key === undefined ? { code, message } : { code, message, key });
  if (modality === 'MR') say('mr', 'MR: flow voids exaggerate stenosis; geometry may be distorted.');
  if (unused > 0)
    say(
      'contour-off-path',
      `${unused === 1 ? 'One wall drawn by hand lies' : `${unused} walls drawn by hand lie`} where the path no longer runs: kept, not used.`,
    );
  if (narrowing === undefined) return notes;
  const territory = item.options?.territory ?? null;
  const inLesion = ({ positionMm }: { positionMm: number }): boolean =>
    positionMm >= narrowing.start && positionMm <= narrowing.end;
  const within = vessel.sections.filter(inLesion);
  const drawn = vessel.sections.filter((section, i) => byHand[i] === true && inLesion(section)).length;
  say('method', methodSentence(item, narrowing), 'diameterStenosis');
  if (narrowing.beyond)
    say(
      'distal-reference',
      'Reference beyond a tight stenosis may be collapsed: device may be undersized.',
      'referenceDiameter',
    );
  say('area', 'Area stenosis, not diameter.', 'areaStenosis');
  if (territory === 'aorta') say('lumen', 'Lumen diameter, not aneurysm diameter.', 'referenceDiameter');
  if (territory === 'vein')
    say(
      'vein',
      'Veins are oval and change with filling: their area is graded, not their least diameter.',
      'areaStenosis',
    );
  if (drawn > 0) say('changed-by-hand', 'Changed by hand.', 'minimumLumenDiameter');
  if (item.options?.lesion !== undefined) say('changed-by-hand', 'Changed by hand.', 'lesionLength');
  if (item.options?.nearOcclusion === true)
    for (const key of ['diameterStenosis', 'areaStenosis'])
      say('near-occlusion', 'Near-occlusion: percentage not valid.', key);
  else if (territory === 'carotid' && narrowing.beyond && narrowing.referenceMm <= 3.5 && narrowing.minimumMm <= 1.3)
    say(
      'near-occlusion-possible',
      `Carotid of ${narrowing.referenceMm.toFixed(1)} mm beyond a lumen of ${narrowing.minimumMm.toFixed(1)} mm: look whether it is a near-occlusion. If so say it, and no percentage is given.`,
      'diameterStenosis',
    );
  if (narrowing.closed)
    say('occlusion', 'Occlusion: no lumen is seen. Length between the stumps.', 'minimumLumenDiameter');
  if (narrowing.minimumMm > narrowing.referenceMm)
    say('wider-than-reference', 'No stenosis: the lumen is wider than the reference.', 'diameterStenosis');
  if (!narrowing.closed && drawn === 0 && narrowing.minimumMm < 4 * vessel.blurMm)
    say(
      'thin-lumen',
      `Thin against the blur of the picture (${vessel.blurMm.toFixed(1)} mm): the lumen is read from its contrast, not from its walls.`,
      'minimumLumenDiameter',
    );
  if (narrowing.referenceMm < 4 * vessel.blurMm)
    say(
      'thin-vessel',
      `The whole vessel is thin against the blur of the picture (${vessel.blurMm.toFixed(1)} mm): its diameters hang on how bright its blood is taken to be.`,
      'referenceDiameter',
    );
  if (narrowing.cut)
    say('lesion-cut', 'The narrowing reaches the end of the path: its length is a lower bound.', 'lesionLength');
  if (within.some(({ calcified }) => calcified))
    say('calcium', 'Calcium in the wall is left out; its blooming hides part of the wall.', 'minimumLumenDiameter');
  if (within.some(({ branch }) => branch))
    say('branch', 'A branch or neighbour lies at the narrowing: its wall is taken from the parts beside it.');
  return notes;
}

function methodSentence(item: VesselItem, narrowing: Narrowing): string {
  const distance = (narrowing.referenceDistanceMm ?? 0).toFixed(1);
  if (isNascet(item, narrowing))
    return `Method: NASCET, distal reference at ${distance} mm. Taken to lie beyond the bulb.`;
  switch (referenceOf(item)) {
    case 'interpolated':
      return 'Method: local interpolated reference (fit of the normal part).';
    case 'mean':
      return 'Method: local mean reference of 5 mm before and 5 mm beyond the lesion.';
    case 'placed':
      return `Method: reference placed by hand, ${distance} mm from the narrowest place.`;
    case 'contralateral':
      return 'Method: reference of another vessel.';
    case 'proximal':
      return `Method: proximal reference at ${distance} mm, mean over 5 mm.`;
    case 'distal':
      return `Method: distal reference at ${distance} mm, mean over 5 mm.`;
  }
}
