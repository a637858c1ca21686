import { loadedOf } from '../workers/smallSeries.ts';
import { describe, expect, it } from 'vitest';
import { windowPresets } from '../../../renderer/actions/windows.ts';
import { seriesWarnings } from '../../../renderer/ui/seriesWarnings.ts';
import { anglesText } from '../../../renderer/ui/text.ts';
import { madeTrouble, openCase, type TroubleName } from '../../support/troubleCases.ts';

async function seriesOf(name: TroubleName) {
  return openCase(await madeTrouble(name)).series;
}
async function warned(name: TroubleName): Promise<string> {
  const [series] = await seriesOf(name);
  if (series === undefined) throw new Error('no series');
  return seriesWarnings(series)
    .map(({ say, still }) => `${say} ${still ?? ''}`)
    .join(' ');
}

describe('warnings of the reading, in words', () => {
  it('says between which slices one is missing, and that one slice can be measured', async () => {
    const words = await warned('G02_ct_one_slice_missing');
    expect(words).toContain('No 3D measuring here: slices are missing.');
    expect(words).toContain('between H 18.0 mm and H 24.0 mm: 6 mm instead of 3 mm.');
    expect(words).toContain('Within one slice, lengths, angles, areas and values can be measured.');
  });
  it('says both distances of two spacings', async () => {
    const words = await warned('G03_ct_two_spacings_in_one_series');
    expect(words).toContain('They are 1 and 4 mm apart.');
  });
  it('says of lossy images, and of slices made even for display, word for word (S-10, S-5)', async () => {
    const [series] = await seriesOf('G04_ct_gantry_tilt_15');
    if (series === undefined || series.volume === null) throw new Error('no volume');
    const instances = series.instances.map((one, at) => ({ ...one, lossy: at === 3 }));
    const volume = { ...series.volume, correction: 'resampled' as const, spacing: [0.8, 0.8, 2.5] as const };
    const said = seriesWarnings({ ...series, instances, volume }).map(({ say }) => say);
    expect(said).toEqual(['Unevenly spaced; resampled to 2.5 mm for display.', 'Compressed lossy images.']);
  });
  it('says that a tilt is corrected', async () => {
    expect(await warned('G04_ct_gantry_tilt_15')).toContain('Slices were tilted; geometry corrected exactly.');
  });
  it('says of a projection that its spacing is the detector’s, and how millimetres are had', async () => {
    const words = await warned('G10_xa_detector_spacing_only');
    expect(words).toContain(
      'Uncalibrated projection: pixels and ratios only. The spacing in the file is that of the detector.',
    );
    expect(words).toContain('Calibrate');
  });
  it('says of ultrasound with three regions where lengths hold', async () => {
    const words = await warned('G13_us_three_regions');
    expect(words).toContain('3 regions, each with its own scale: no millimetres across their edges.');
    expect(words).toContain('Lengths within one 2D region are right.');
    expect(words).not.toContain('Not calibrated');
  });
  it('says why there are no millimetres where the spacing is badly written, and nothing where it is only padded', async () => {
    for (const series of await seriesOf('G17_spacing_badly_written')) {
      const words = seriesWarnings(series);
      if (series.pixelSpacing === null) expect(words[0]?.still).toContain('Pixels and ratios can be measured');
      else expect(words).toEqual([]);
    }
  });
  it('says nothing of a good series', async () => {
    expect(await warned('G01_ct_names_and_thickness_lie')).toBe('');
    expect(await warned('G07_ct_pixels_not_square')).toBe('');
  });
});

describe('facts of the run and the file', () => {
  it('writes the angles of a C-arm as cardiologists do', () => {
    expect(anglesText(30, -15)).toBe('LAO 30 CAU 15');
    expect(anglesText(-20.4, 25)).toBe('RAO 20 CRA 25');
    expect(anglesText(null, null)).toBe('');
  });
  it('offers every window of the file by its name', async () => {
    const [series] = await seriesOf('G07_ct_pixels_not_square');
    const [instance] = series?.instances ?? [];
    if (series === undefined || instance === undefined) throw new Error('no series');
    const windows = [
      { centre: 40, width: 400, name: 'SOFT' },
      { centre: -600, width: 1500, name: 'LUNG' },
      { centre: 1, width: 0, name: 'NONE' },
      { centre: 90, width: 150, name: null },
    ];
    const facts = instance.facts.map((one) => ({ ...one, windows }));
    const instances = series.instances.map((one) => ({ ...one, windows, facts }));
    const offered = windowPresets({ ...series, instances }, null).slice(-3);
    expect(offered.map(({ key, name }) => [key, name])).toEqual([
      ['0', 'SOFT (file)'],
      [null, 'LUNG (file)'],
      [null, "The file's own, 3 of 3"],
    ]);
  });
  it('offers the windows of the frame that is shown, where slices differ in them', async () => {
    const [series] = await seriesOf('G07_ct_pixels_not_square');
    if (series === undefined) throw new Error('no series');
    const instances = series.instances.map((one, k) => {
      const windows = [{ centre: 10 * k, width: 100, name: null }];
      return { ...one, windows, facts: one.facts.map((facts) => ({ ...facts, windows })) };
    });
    const centreAt = (frame: number | null) =>
      windowPresets({ ...series, instances }, frame)
        .at(-1)
        ?.window(loadedOf(series))?.centre;
    const first = series.frames[0]?.instance ?? NaN;
    const middle = series.frames[4]?.instance ?? NaN;
    expect([centreAt(0), centreAt(4), centreAt(null)]).toEqual([10 * first, 10 * middle, 10 * middle]);
  });
});
