import { chest } from './chest.ts';
import { cta } from './cta.ts';
import { ctTube } from './ctTube.ts';
import { liver } from './liver.ts';
import { mr } from './mr.ts';
import { xa } from './xa.ts';
import type { MakeOptions, SampleCase, WriteFile } from './sampleCase.ts';

export const sampleCases: readonly SampleCase[] = [cta, liver, xa, mr, chest, ctTube];

/**
 * Writes one case, file by file.
 * @param seed  Of the noise and the UIDs: the same seed gives the same bytes.
 * @throws RangeError for a name that is no case; the signal's reason when cancelled.
 */
export async function writeSampleCase(
  name: string,
  { seed }: { readonly seed: number },
  write: WriteFile,
  options: MakeOptions = {},
): Promise<void> {
  const found = sampleCases.find((one) => one.name === name);
  if (!found) throw new RangeError(`there is no sample case named "${name}"`);
  await found.make(seed, write, options);
}
