import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredFrame } from '../../src/pixels/index.ts';
import { decodeOf, filesBelow, instanceIn } from '../support/dicomFiles.ts';
import { shared, sharedPath } from '../support/shared.ts';

/** SHA-256 of the uncompressed partners' pixels (syntax/REF, unpacked and read by pydicom 2.3.1), as 32-bit numbers. */
const REFERENCE: Readonly<Record<string, string>> = {
  CT1: '824141bed775b72b8c85c7a7d20073ba60314b4df4067746316120574db42594',
  CT2: 'ddf8b9ea6a290180afd0ef809073f1cec33a87494619f94df54847fea6c94349',
  MR1: '46c65722c079f08b2f1af5e60c6c0c6103b386c22a2c09a079cb2bd618a30013',
  MR2: '0dac79811d0ac8af782d378699e5b311fca1ff2b27cd1b4d84137c9f7f3e7411',
  MR3: '4da69379e67e747b40c68df21c745cad749c64e2b9c927ff95dfcaec73deda89',
  MR4: 'b5c9df142a1d965b311052fb903760d9e35f8bd5fd9e0c883293b1b5bfc91fc5',
  NM1: 'b364d556a70a0ed9e12e89cedac413123b06029a2c98d2487db448c7b1a6edd2',
  SC1: '639c37c1b654421734b8cb2bf3d19a8bb84a87b8bf86d416784ee446dd22a481',
  US1: 'c92c29a9c62d082eb539e43d88fc3942262f24338dad5f60265b65d5456f704b',
  XA1: '5c84475787d4c3c7a7ac7d3949387b79d3feecdffd140588c1aaf32dcc04fda4',
};
/** The same of the near-lossless files as dcmtk 3.6.7's dcmdjpls decodes them: JPEG-LS leaves a decoder no freedom. */
const NEAR_LOSSLESS: Readonly<Record<string, string>> = {
  CT1: 'b3c65ffb9136bfa8a830c9d8b3ef81188aab462256645cf7153fc22c181c1b2c',
  CT2: '7730a11e006d52ce6d6ae4f7a5a43ec4b0b0c44072643f6128ad49b50d845095',
  MR1: '23480e064c4529f6fce786bbfc353d5157fd19c6db63a08d21405b6feef98160',
  MR2: '7ebe1c892a765e3f60eae1191c89f2846f39a15269fac247d3cdf1e5ceab97d5',
  MR3: '2490142fb3ebc8a99512ade6745ceec527aea57f0e8f9549e81f6b8c2176b009',
  MR4: '1bbfea00e05b5926a629518946a63a06d2989d6fd924270068ca5fe391990a2a',
  NM1: '9d6b8809f711b9074476951a33901ffca6c852e48c63656b9662ebfcf15a49a5',
  SC1: 'fb1e83c78bb898f46e953cdcc9d1677c5d83194f7842c6293362e2a0cec5b43e',
  XA1: '0659da9055b4e20c0b9ca21514f00c7aff629a987ff5318cc27f3206c8280a30',
};

/** Departure from REF in stored units, of the codestreams decoded by ImageMagick 6 with OpenJPEG 2.5.0. */
const LOSSY: Readonly<Record<string, { most: number; mean: number }>> = {
  CT1: { most: 352, mean: 25.921 },
  CT2: { most: 402, mean: 17.616 },
  MR1: { most: 396, mean: 34.913 },
  MR2: { most: 32, mean: 3.937 },
  MR3: { most: 296, mean: 21.98 },
  MR4: { most: 29, mean: 3.015 },
  NM1: { most: 101, mean: 4.219 },
  SC1: { most: 71, mean: 2.711 },
  US1: { most: 124, mean: 1.699 },
  XA1: { most: 8, mean: 1.137 },
};

/** The same of the 12-bit JPEGs decoded by dcmtk 3.6.7's dcmdjpeg (an integer transform; ours differs by at most 1). */
const TWELVE_BIT: Readonly<Record<string, { most: number; mean: number }>> = {
  MR1: { most: 128, mean: 11.2801 },
  MR2: { most: 61, mean: 5.6091 },
  MR3: { most: 55, mean: 4.4668 },
  MR4: { most: 40, mean: 3.0649 },
  NM1: { most: 36, mean: 2.2777 },
  SC1: { most: 123, mean: 5.0624 },
  XA1: { most: 116, mean: 2.1655 },
};

const digest = ({ data }: StoredFrame) =>
  createHash('sha256')
    .update(new Uint8Array(Int32Array.from(data).buffer))
    .digest('hex');
const filesOf = (folder: string) => (shared ? filesBelow(sharedPath(`data/syntax/${folder}`)) : []);
const decoded = (file: string) => decodeOf(instanceIn(new Uint8Array(readFileSync(file)), file));

describe.skipIf(!shared)('the NEMA samples', () => {
  for (const folder of ['RLE', 'JPLL', 'JLSL', 'J2KR'])
    for (const file of filesOf(folder))
      it(`${basename(file)} decodes bit for bit to its uncompressed partner`, async () => {
        expect(digest(await decoded(file))).toBe(REFERENCE[basename(file).slice(0, 3)]);
      });
  for (const file of filesOf('JLSN'))
    it(`${basename(file)} decodes bit for bit as dcmtk decodes it`, async () => {
      expect(digest(await decoded(file))).toBe(NEAR_LOSSLESS[basename(file).slice(0, 3)]);
    });
  for (const [name, { most, mean }] of Object.entries(LOSSY))
    it(`${name}_J2KI departs from its uncompressed partner as far as OpenJPEG 2.5.0 by itself does`, async () => {
      const got = await departure(`J2KI/${name}_J2KI`, `RLE/${name}_RLE`);
      expect(Math.abs(got.mean - mean)).toBeLessThan(0.001);
      expect(got.most).toBe(most);
    });
  for (const [name, { most, mean }] of Object.entries(TWELVE_BIT))
    it(`${name}_JPLY, a 12-bit JPEG, departs from its uncompressed partner as far as dcmtk's decoder does, within a grey level`, async () => {
      const got = await departure(`JPLY/${name}_JPLY`, `RLE/${name}_RLE`);
      expect(Math.abs(got.mean - mean)).toBeLessThan(0.002);
      expect(Math.abs(got.most - most)).toBeLessThanOrEqual(1);
    });
});

async function departure(lossyFile: string, exactFile: string): Promise<{ most: number; mean: number }> {
  const lossy = await decoded(sharedPath(`data/syntax/${lossyFile}`));
  const exact = await decoded(sharedPath(`data/syntax/${exactFile}`));
  let sum = 0;
  let most = 0;
  lossy.data.forEach((value, i) => {
    const off = Math.abs(value - (exact.data[i] ?? 0));
    sum += off;
    most = Math.max(most, off);
  });
  return { most, mean: sum / lossy.data.length };
}
