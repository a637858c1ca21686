import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeOf, instanceIn, seriesBelow } from '../support/dicomFiles.ts';
import { shared, sharedPath } from '../support/shared.ts';
import { fillFrame, pickArrayType, viewOn, type ModalityArray } from '../../src/pixels/index.ts';
import type { Series } from '../../src/dicom/index.ts';

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

/** All of a series in modality values, in display order. */
async function values(series: Series): Promise<ModalityArray> {
  const size = series.rows * series.columns;
  const type = pickArrayType(series);
  const out = viewOn(
    type,
    new ArrayBuffer(size * series.frames.length * (type === 'Float32Array' ? 4 : type === 'Uint8Array' ? 1 : 2)),
  );
  for (const [k, { instance, frame }] of series.frames.entries()) {
    const from = series.instances[instance];
    if (from !== undefined) fillFrame(series, k, await decodeOf(from, frame), out);
  }
  return out;
}
const trouble = async (name: string) => {
  const [series] = seriesBelow(sharedPath(`data/trouble/${name}`));
  if (series === undefined) throw new Error('no series');
  const data = await values(series);
  return { series, data, at: (i: number, j: number, k: number) => data[(k * series.rows + j) * series.columns + i] };
};

/** Truth: EXPECT.md of the trouble cases. */
describe.skipIf(!shared)('the values of the trouble cases', () => {
  it('G01: HU = 2x - 4y + 8z at every voxel', async () => {
    const { series, data } = await trouble('G01_ct_names_and_thickness_lie');
    let worst = 0;
    data.forEach((hu, at) => {
      const i = at % 64;
      const j = Math.floor(at / 64) % 64;
      const k = Math.floor(at / 4096);
      const truth = 2 * (-24 + 0.75 * i) - 4 * (-24 + 0.75 * j) + 8 * (-40 + 2.5 * k);
      worst = Math.max(worst, Math.abs(hu - truth));
    });
    expect(worst).toBeLessThanOrEqual(0.5);
    expect(pickArrayType(series)).toBe('Int16Array');
  });
  it('G08: slopes, intercepts and signs differ by slice, the HU do not: 44, 300 and -80', async () => {
    const { at } = await trouble('G08_ct_rescale_differs_by_slice');
    for (let k = 0; k < 8; k++) expect([at(32, 32, k), at(1, 1, k), at(60, 60, k)]).toEqual([44, 300, -80]);
  });
  it('G09: the rubbish above bit 11 is ignored and bit 11 is the sign: -1000, -20, 900', async () => {
    const { data, at } = await trouble('G09_ct_signed_12bit_dirty_high_bits');
    expect(new Set(data)).toEqual(new Set([-1000, -20, 900]));
    expect([at(0, 0, 3), at(32, 32, 3)]).toEqual([-1000, 900]);
  });
  it('G12: shuffled frames with two intercepts give HU = 200 + x - 2y - 3z', async () => {
    const { at } = await trouble('G12_enhanced_ct_frames_shuffled');
    expect(at(32, 32, 9)).toBe(-100); // (0, 0, 100)
    expect(at(42, 22, 4)).toBe(-46); // (8, -8, 90)
  });
  it('G16: every frame of each encapsulation equals the plain one', async () => {
    const folder = 'data/trouble/G16_encapsulated_frames';
    const plain = open(sharedPath(`${folder}/plain.dcm`));
    for (const name of [
      'rle_no_table',
      'jls_three_fragments_a_frame_with_table',
      'jls_three_fragments_a_frame_no_table',
      'jls_extended_table',
      'jls_wrong_table',
    ]) {
      const instance = open(sharedPath(`${folder}/${name}.dcm`));
      for (let frame = 1; frame <= 5; frame++) {
        const { data } = await decodeOf(instance, frame);
        expect(data[0]).toBe(1000 + 100 * (frame - 1));
        expect(digest(data)).toBe(digest((await decodeOf(plain, frame)).data));
      }
    }
  });
});
