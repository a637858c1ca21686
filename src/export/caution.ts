/** Sentence S-1: on the window's foot, every sheet and every table for people. */
export const caution =
  'Research and teaching software. Not a cleared medical device. ' +
  'Not for diagnosis, and not to guide treatment without independent check on approved systems.';

/** S-9, first sentence. @param days whole days since the scan, at least 0 */
export function scanAgeSentence(days: number): string {
  return `Scan is ${days} days old.`;
}

const sideWords = { R: 'RIGHT', L: 'LEFT', midline: 'MIDLINE' } as const;
/** S-9, side and confirmation. */
export function sideSentence(side: keyof typeof sideWords): string {
  return `Side: ${sideWords[side]}. Patient, side, level confirmed: ____`;
}

/** S-9 of one item. @param days whole days since its scan; null where the scan has no date */
export function actCautions(side: keyof typeof sideWords | null, days: number | null): readonly string[] {
  return [...(days === null ? [] : [scanAgeSentence(days)]), ...(side === null ? [] : [sideSentence(side)])];
}
