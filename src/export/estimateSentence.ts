import { fixedText, type Quantity } from '../quantity/index.ts';

/** What a number in pixels would be on an assumed scale, as a sentence that cannot be read as a measurement; undefined where nothing is assumed. */
export function estimateSentence({ estimate }: Quantity): string | undefined {
  if (estimate === undefined) return undefined;
  const text = `${fixedText(estimate.value, 1)} ${estimate.unit === 'mm2' ? 'mm²' : estimate.unit}`;
  return estimate.basis === 'detector'
    ? `About ${text} at the detector, less in the patient: not calibrated.`
    : `About ${text} on an estimated scale: not calibrated.`;
}
