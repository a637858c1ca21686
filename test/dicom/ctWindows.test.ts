import { describe, expect, it } from 'vitest';
import { ctOpeningWindow, ctWindows, type Series } from '../../src/dicom/index.ts';
import { series } from '../renderer/workers/smallSeries.ts';

/** A CT with that body part, description and kernel. */
function ct(bodyPart: string, description = '', kernel = ''): Series {
  const [first] = series.instances;
  if (first === undefined) throw new Error('no instance');
  const noMarks = { stack: '', temporalPosition: '', acquisition: '', echo: '', bValue: '', imageType: '', segment: '', time: '' }; // prettier-ignore
  const instance = {
    ...first,
    series: { ...first.series, bodyPart },
    facts: first.facts.map((facts) => ({ ...facts, marks: { ...noMarks, kernel } })),
  };
  return { ...series, description, instances: series.instances.map(() => instance) };
}
const opens = (...given: Parameters<typeof ct>): string => ctOpeningWindow(ct(...given), 0).name;

describe('the window of a CT whose file has none', () => {
  it('has the widths and levels of the clinical page', () => {
    const { abdomen, lung, liver, bone, brain, mediastinum, cta, calcium, stroke, spine, metal } = ctWindows;
    const all = [abdomen, lung, liver, bone, brain, mediastinum, cta, calcium, stroke, spine, metal];
    expect(all.map(({ window }) => `${window.width}/${window.centre}`)).toEqual(
      '400/40 1500/-600 150/90 2500/480 80/40 350/50 700/200 1500/300 40/40 300/50 3000/500'.split(' '),
    );
  });
  it('is that of the body part with a soft kernel', () => {
    expect(opens('HEAD', '', 'H31s')).toBe('Brain');
    expect(opens('CHEST', '', 'STANDARD')).toBe('Mediastinum');
    expect(opens('LSPINE', '', 'Br40')).toBe('Spine, soft');
    expect(opens('ABDOMEN', '', 'FC08')).toBe('Abdomen');
    expect(opens('', 'Thorax nativ')).toBe('Mediastinum');
    expect(opens('')).toBe('Abdomen');
  });
  it('is lung in the chest and bone elsewhere with a sharp kernel, whoever made the scanner', () => {
    for (const kernel of ['LUNG', 'BONEPLUS', 'B70f', 'Bl64', 'FC52', 'YC']) {
      expect(opens('CHEST', '', kernel), kernel).toBe('Lung');
      expect(opens('HEAD', '', kernel), kernel).toBe('Bone');
    }
  });
  it('is that of vessels where the description says an angiogram, the body part first where both speak of regions', () => {
    expect(opens('ABDOMEN', 'CTA 1.0 arterial')).toBe('CTA');
    expect(opens('HEAD', 'Chest and head')).toBe('Brain');
  });
});
