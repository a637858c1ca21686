import type { FollowedVessel } from '../../imaging/index.ts';
import type { Note } from '../../quantity/index.ts';
import type { VesselItem } from './item.ts';
import { referenceOf } from './item.ts';
import type { Narrowing } from './narrowing.ts';

/** What must be said beside the numbers of a vessel; safety sentences (S-11, S-12) word for word. */
export function vesselNotes(
  item: VesselItem,
  vessel: FollowedVessel,
  modality: string,
  narrowing: Narrowing | undefined,
): readonly Note[] {
  const notes: Note[] = [];
  const say = (code: string, message: string, key?: string): void =>
    void notes.push(key === undefined ? { code, message } : { code, message, key });
  if (modality === 'MR') say('mr', 'MR: flow voids exaggerate stenosis; geometry may be distorted.');
  if (narrowing === undefined) return notes;
  const reference = referenceOf(item);
  const territory = item.options?.territory ?? null;
  say('method', methodSentence(reference, territory, narrowing), 'diameterStenosis');
  if (reference === 'distal')
    say(
      'distal-reference',
      'Reference beyond a tight stenosis may be collapsed: device may be undersized.',
      'referenceDiameter',
    );
  say('area', 'Area stenosis, not diameter.', 'areaStenosis');
  if (territory === 'aorta') say('lumen', 'Lumen diameter, not aneurysm diameter.', 'referenceDiameter');
  if (item.options?.nearOcclusion === true)
    for (const key of ['diameterStenosis', 'areaStenosis'])
      say('near-occlusion', 'Near-occlusion: percentage not valid.', key);
  if (narrowing.minimumMm < 0.3 * vessel.voxelMm)
    say('occlusion', 'Occlusion: no lumen is seen at the narrowest place.', 'minimumLumenDiameter');
  if (narrowing.minimumMm > narrowing.referenceMm)
    say('wider-than-reference', 'No stenosis: the lumen is wider than the reference.', 'diameterStenosis');
  if (narrowing.minimumMm < 4 * vessel.blurMm)
    say(
      'thin-lumen',
      `Thin against the blur of the picture (${vessel.blurMm.toFixed(1)} mm): the lumen is read from its contrast, not from its walls.`,
      'minimumLumenDiameter',
    );
  if (narrowing.cut)
    say('lesion-cut', 'The narrowing reaches the end of the path: its length is a lower bound.', 'lesionLength');
  const within = vessel.sections.filter(
    ({ positionMm }) => positionMm >= narrowing.start && positionMm <= narrowing.end,
  );
  if (within.some(({ calcified }) => calcified))
    say('calcium', 'Calcium in the wall: its blooming makes the lumen read too small.', 'minimumLumenDiameter');
  if (within.some(({ branch }) => branch))
    say('branch', 'A branch or neighbour lies at the narrowing: its wall is taken from the parts beside it.');
  return notes;
}

function methodSentence(reference: string, territory: string | null, narrowing: Narrowing): string {
  const distance = (narrowing.referenceDistanceMm ?? 0).toFixed(1);
  if (territory === 'carotid' && reference === 'distal')
    return `Method: NASCET, distal reference at ${distance} mm. Taken to lie beyond the bulb.`;
  if (reference === 'interpolated') return 'Method: local interpolated reference (fit of the normal part).';
  if (reference === 'mean') return 'Method: local mean reference of 5 mm before and 5 mm beyond the lesion.';
  return `Method: ${reference} reference at ${distance} mm, mean over 5 mm.`;
}
