import { describe, expect, it } from 'vitest';
import { filesBelow, readHead, seriesBelow } from '../support/dicomFiles.ts';
import { shared, sharedPath } from '../support/shared.ts';
import { readFileSync } from 'node:fs';

/** Truth: EXPECT.md beside the files. */
const trouble = (name: string) => sharedPath(`data/trouble/${name}`);
const codes = (notes: readonly { code: string }[]) => notes.map(({ code }) => code);

describe.skipIf(!shared)('the trouble cases', () => {
  for (const [name, spacing, slices] of [
    ['G01_ct_names_and_thickness_lie', [0.75, 0.75, 2.5], 12],
    ['G07_ct_pixels_not_square', [1.25, 0.5, 5], 8],
    ['G08_ct_rescale_differs_by_slice', [1, 1, 2], 8],
    ['G09_ct_signed_12bit_dirty_high_bits', [1, 1, 1.5], 6],
    ['G12_enhanced_ct_frames_shuffled', [0.8, 0.8, 2], 10],
    ['G18_ct_vessel_half_closed', [0.9, 0.6, 1.5], 34],
  ] as const)
    it(`${name} is one volume of ${slices} slices, ${spacing.join(' x ')} mm`, () => {
      const series = seriesBelow(trouble(name));
      expect(series).toHaveLength(1);
      const volume = series[0]?.volume;
      expect(volume?.dimensions[2]).toBe(slices);
      spacing.forEach((mm, i) => expect(volume?.spacing[i]).toBeCloseTo(mm, 6));
      expect(volume?.correction).toBeNull();
    });

  it('G01 runs from z = -40 to -12.5 mm', () => {
    const volume = seriesBelow(trouble('G01_ct_names_and_thickness_lie'))[0]?.volume;
    expect(volume?.origin[2]).toBe(-40);
  });
  it('G02 names the gap between IM07.dcm and IM08.dcm', () => {
    const [series] = seriesBelow(trouble('G02_ct_one_slice_missing'));
    expect(series?.why).toEqual(['missing-slices']);
    const note = series?.notes.find(({ code }) => code === 'missing-slices');
    expect(note?.message).toMatch(/6 mm instead of 3 mm between IM07\.dcm .* and IM08\.dcm/);
  });
  it('G03 is uneven, with both distances', () => {
    const [series] = seriesBelow(trouble('G03_ct_two_spacings_in_one_series'));
    expect(series?.why).toEqual(['uneven-spacing']);
    expect(series?.notes[0]?.message).toContain('1, 4 mm');
  });
  it('G04 is sheared by 15.0 degrees: 4.000 mm along the table, 3.864 mm between planes', () => {
    const [series] = seriesBelow(trouble('G04_ct_gantry_tilt_15'));
    const volume = series?.volume;
    if (!volume) throw new Error('no volume');
    expect(volume.correction).toBe('gantry-tilt');
    expect(volume.spacing[2]).toBeCloseTo(4, 6);
    expect(volume.direction[2]).toEqual([0, 0, 1]);
    const [row, column, step] = volume.direction;
    const normalZ = row[0] * column[1] - row[1] * column[0];
    expect(step[2] * normalZ * 4).toBeCloseTo(3.864, 3);
    expect(codes(series?.notes ?? [])).toContain('gantry-tilt');
  });
  it('G05 is a localizer by itself and a volume of 10 slices', () => {
    const series = seriesBelow(trouble('G05_ct_localizer_inside_series'));
    expect(series.map(({ frames, rows, volume }) => [frames.length, rows, volume?.spacing[2]])).toEqual([
      [1, 96, undefined],
      [10, 64, 3],
    ]);
    expect(series[0]?.pixelSpacing?.mm).toEqual([2, 2.5]);
  });
  it('G06 is three phases of 8 slices, 2 mm apart', () => {
    const series = seriesBelow(trouble('G06_ct_three_phases_one_series'));
    expect(series.map(({ volume }) => volume?.dimensions[2])).toEqual([8, 8, 8]);
    expect(series.map(({ volume }) => volume?.spacing[2])).toEqual([2, 2, 2]);
  });
  it('G10 is a projection run at 15 frames a second, with the spacing of the detector', () => {
    const [series] = seriesBelow(trouble('G10_xa_detector_spacing_only'));
    expect([series?.why, series?.frames.length]).toEqual([['projection'], 12]);
    expect(series?.frameRate).toBeCloseTo(15, 4);
    expect(series?.pixelSpacing).toEqual({ mm: [0.4, 0.4], basis: 'detector' });
    expect(series?.instances[0]?.projection).toMatchObject({ primaryAngleDeg: 30, secondaryAngleDeg: -15 });
  });
  it('G11 has the times of its vector and no spacing', () => {
    const [series] = seriesBelow(trouble('G11_xa_dsa_mask_and_frame_time_vector'));
    expect(series?.frameTimes).toEqual([0, 500, 1000, 1500, 2000, 2250, 2500, 2750, 3000, 3250]);
    expect([series?.frameRate, series?.pixelSpacing]).toEqual([null, null]);
  });
  it('G12 orders its frames by place: from z = 82 up to 100', () => {
    const [series] = seriesBelow(trouble('G12_enhanced_ct_frames_shuffled'));
    expect(series?.volume?.origin[2]).toBe(82);
    // Positions of the frames are [4, 9, 0, 7, 2, 5, 8, 1, 6, 3] from the top; from the bottom up: 9, 8, ..., 0.
    expect(series?.frames.map(({ frame }) => frame)).toEqual([2, 7, 4, 9, 6, 1, 10, 5, 8, 3]);
  });
  it('G13 keeps its three regions and has no spacing for the whole', () => {
    const [series] = seriesBelow(trouble('G13_us_three_regions'));
    expect(series?.pixelSpacing).toBeNull();
    expect(series?.instances[0]?.regions?.map(({ deltaX, deltaY, unitsX }) => [deltaX, deltaY, unitsX])).toEqual([
      [0.02, 0.02, 3],
      [0.05, 0.04, 3],
      [0.01, 0.5, 4],
    ]);
  });
  it('G14 spells six names rightly', () => {
    const names = filesBelow(trouble('G14_names_in_six_character_sets')).map((file) => {
      const got = readHead(new Uint8Array(readFileSync(file)));
      return got.kind === 'image' ? got.instance.patient.name : got.kind;
    });
    expect(names).toEqual([
      'Wang^XiaoDong=王^小东=',
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
      'Hong^Gildong=洪^吉洞=홍^길동',
      'Müller^Jürgen',
      'Lefèvre^Zoé',
      'Zoë^Łukasz',
    ]);
  });
  it('G17 gives millimetres only where two positive numbers are written, else a reason', () => {
    for (const series of seriesBelow(trouble('G17_spacing_badly_written'))) {
      const padded = series.instances[0]?.source.endsWith('padded.dcm') === true;
      expect(series.pixelSpacing).toEqual(padded ? { mm: [0.5, 0.5], basis: 'patient' } : null);
      expect(codes(series.notes)).toEqual(padded ? [] : ['calibration-unreadable']);
    }
  });
});

describe.skipIf(!shared)('the real sets', () => {
  it('ct-head-141 is a volume of 140 slices 1 mm apart, and its DIRFILE is no image', () => {
    const series = seriesBelow(sharedPath('data/ct-head-141'));
    expect(series).toHaveLength(1);
    expect(series[0]?.volume?.dimensions).toEqual([512, 512, 140]);
    expect(series[0]?.volume?.spacing[2]).toBeCloseTo(1, 9);
  });
  it('ct-tilt-uneven-28 is refused, with the tilt and the unevenness both named', () => {
    const [series] = seriesBelow(sharedPath('data/ct-tilt-uneven-28'));
    expect(series?.volume).toBeNull();
    expect(series?.why).toEqual(['uneven-spacing']);
    expect(series?.notes.find(({ code }) => code === 'gantry-tilt')?.message).toContain('18.5 degrees');
  });
  it('mr-t1-192 is an oblique volume of 192 slices', () => {
    const [series] = seriesBelow(sharedPath('data/mr-t1-192'));
    expect(series?.volume?.dimensions).toEqual([274, 384, 192]);
    expect(series?.volume?.spacing[2]).toBeCloseTo(2 / 3, 6);
  });
  it('xa-cine-96 has 96 frames, a rate and no millimetres', () => {
    const [series] = seriesBelow(sharedPath('data/xa-cine-96'));
    expect(series?.frames).toHaveLength(96);
    expect(series?.pixelSpacing).toBeNull();
    expect(series?.frameRate).toBeCloseTo(1000 / 33, 6);
  });
  it('the enhanced MR of 4 times x 6 slices are four volumes', () => {
    const series = seriesBelow(sharedPath('data/real/mr-enhanced')).filter(({ frames }) => frames.length === 6);
    expect(series.map(({ volume }) => volume?.dimensions[2])).toEqual([6, 6, 6, 6]);
  });
});
