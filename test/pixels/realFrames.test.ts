import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeOf, instanceIn } from '../support/dicomFiles.ts';
import { shared, sharedPath } from '../support/shared.ts';

const open = (file: string) => instanceIn(new Uint8Array(readFileSync(file)), file);
const digest = (data: ArrayLike<number>) =>
  createHash('sha256')
    .update(new Uint8Array(Int32Array.from(data).buffer))
    .digest('hex')
    .slice(0, 12);

/**
 * The beginnings of the SHA-256 of each frame's values, colour as RGB, as other programs decode them:
 * pydicom 2.3.1 (native, RLE, palettes, YBR), dcmtk 3.6.7 (JPEG, JPEG-LS), OpenJPEG 2.5.0 (HTJ2K, JPEG 2000).
 */
const TRUTH: Readonly<Record<string, string>> = {
  'assorted/pydicom/MR_small.dcm': 'b8d9a6cee6ff',
  'assorted/pydicom/MR_small_bigendian.dcm': 'b8d9a6cee6ff',
  'assorted/pydicom/MR_small_implicit.dcm': 'b8d9a6cee6ff',
  'assorted/pydicom/MR_small_RLE.dcm': 'b8d9a6cee6ff',
  'assorted/pydicom/MR_small_jpeg_ls_lossless.dcm': 'b8d9a6cee6ff',
  'assorted/pydicom/MR_small_jp2klossless.dcm': 'b8d9a6cee6ff',
  'assorted/pydicom/emri_small_big_endian.dcm': '9b67c17b92b4,be59311bd11e,f0100d553d76',
  'assorted/pydicom/emri_small_RLE.dcm': '9b67c17b92b4,be59311bd11e,f0100d553d76',
  'assorted/pydicom/emri_small_jpeg_2k_lossless.dcm': '9b67c17b92b4,be59311bd11e,f0100d553d76',
  'assorted/pydicom/OBXXXX1A_rle_2frame.dcm': '27e7f23d1b55,ead51fd4aa2d',
  'assorted/pydicom/OBXXXX1A_expb_2frame.dcm': '27e7f23d1b55,ead51fd4aa2d',
  'assorted/pydicom/OT-PAL-8-face.dcm': '785c07d39890',
  'assorted/pydicom/gdcm-US-ALOKA-16.dcm': '5d117637f88c',
  'assorted/pydicom/gdcm-US-ALOKA-16_big.dcm': '5d117637f88c',
  'assorted/pydicom/SC_rgb_16bit_2frame.dcm': '89ad10bbda73,a1ce37fd6567',
  'assorted/pydicom/SC_rgb_expb_32bit_2frame.dcm': '89ad10bbda73,a1ce37fd6567',
  'assorted/pydicom/SC_rgb_rle_16bit_2frame.dcm': '89ad10bbda73,a1ce37fd6567',
  'assorted/pydicom/SC_rgb_gdcm_KY.dcm': '89ad10bbda73',
  'assorted/pydicom/SC_rgb_jpeg_gdcm.dcm': '89ad10bbda73',
  'assorted/pydicom/SC_rgb_dcmtk_+eb+cr.dcm': 'a36f6963e49d',
  'assorted/pydicom/SC_rgb_dcmtk_+eb+cy+np.dcm': 'd19813b4832a',
  'assorted/pydicom/SC_rgb_dcmtk_+eb+cy+s2.dcm': 'e6d47441c7f3',
  'assorted/pydicom/SC_rgb_small_odd_jpeg.dcm': 'b01966af75c5',
  'assorted/pydicom/SC_ybr_full_422_uncompressed.dcm': 'e6d47441c7f3',
  'assorted/pydicom/SC_ybr_full_uncompressed.dcm': 'e6d47441c7f3',
  'assorted/pydicom/color-pl.dcm': '46c14c5af529',
  'assorted/pydicom/color-px.dcm': '46c14c5af529',
  'assorted/pydicom/US1_J2KR.dcm': 'c92c29a9c62d',
  'assorted/pydicom/liver_expb.dcm': '36ed5e257c35,1553458a7a77,25979f92ef63',
  'us-cine/CT0012.explicit_little_endian.dcm': '44eeaee08c45,03c0bc1df0fb',
  'us-cine/CT0012.fragmented_no_bot_jpeg_lossless.57.dcm': '44eeaee08c45,03c0bc1df0fb',
  'us-cine/CT0012.fragmented_no_bot_jpeg_lossless.70.dcm': '44eeaee08c45,03c0bc1df0fb',
  'us-cine/CT0012.fragmented_no_bot_jpeg_ls.80.dcm': '44eeaee08c45,03c0bc1df0fb',
  'us-cine/CT0012.fragmented_no_bot_jpeg_ls.81.dcm': 'd66afd9186b7,9f36b52447f0',
  'us-cine/CT0012.not_fragmented_bot_rle.dcm': '44eeaee08c45,03c0bc1df0fb',
  'us-cine/CT1_UNC.fragmented_bot_jpeg_ls.80.dcm': '824141bed775',
  'us-cine/IM00001.fragmented_no_bot_jpeg_baseline.50.dcm': '6546c1436b48,7449fa2a2aeb,ded799e0640c',
  'us-cine/US-YBR_FULL_422-EVRLE.dcm': 'b55f160fa17c',
  'xa-cine-96/HasFragmentSequence.dcm': '45a08620c049,b11d752c46fa,6288366008a6',
  'real/syntax-extra/JLSL_RGB_ILV0.dcm': '07a9a155da70',
  'real/syntax-extra/JLSL_RGB_ILV1.dcm': '07a9a155da70',
  'real/syntax-extra/JLSL_RGB_ILV2.dcm': '07a9a155da70',
  'real/syntax-extra/JLSN_RGB_ILV0.dcm': 'd6e949820dd7',
  'real/syntax-extra/HTJ2KLossless_08_RGB.dcm': 'fd951b533e04',
  'real/syntax-extra/liver_nonbyte_aligned.dcm': 'fb1d0618e6ee,3b462f08bb01,0dd1d52ce1f7',
  // No other program here reads 1-bit RLE: it is the same image as the line above.
  'real/syntax-extra/liver_nonbyte_aligned_rle.dcm': 'fb1d0618e6ee,3b462f08bb01,0dd1d52ce1f7',
};

describe.skipIf(!shared)('real frames', () => {
  for (const [file, truth] of Object.entries(TRUTH))
    it(`${file} decodes as other programs decode it`, async () => {
      const instance = open(sharedPath(`data/${file}`));
      const got: string[] = [];
      for (let frame = 1; frame <= truth.split(',').length; frame++)
        got.push(digest((await decodeOf(instance, frame)).data));
      expect(got.join(',')).toBe(truth);
    });
  it('a JPEG 2000 file whose last fragment is cut names the frame, and gives the others', async () => {
    const instance = open(sharedPath('data/assorted/pydicom/emri_small_jpeg_2k_lossless_too_short.dcm'));
    expect(digest((await decodeOf(instance, 1)).data)).toBe('9b67c17b92b4');
  });
});
