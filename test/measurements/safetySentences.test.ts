import { describe, expect, it } from 'vitest';
import { itemIn, itemOf, measure } from './support.ts';

const upright = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const said = (item: { readonly notes: readonly { readonly message: string }[] }): string =>
  item.notes.map(({ message }) => message).join(' ');

describe('safety sentences among the notes of items, word for word', () => {
  it('says S-10 and S-11 of a stenosis measured across a plane of a volume', async () => {
    const lesion = [
      [0, 0, 0],
      [2, 0, 0],
    ];
    const references = [
      [
        [0, 0, 20],
        [0, 5, 20],
      ],
    ];
    const words = said(itemIn(await measure({ s: itemOf('stenosis', { lesion, references }) }), 's'));
    expect(words).toContain('Measured across the displayed plane; an oblique vessel reads too wide.');
    expect(words).toContain('Area stenosis, not diameter.');
  });
  it('says the end of S-6 of a needle without anything assessed', async () => {
    const needle = itemOf('trajectory', { entry: [0, 0, 0], target: [0, 50, 0] });
    expect(said(itemIn(await measure({ n: needle }), 'n'))).toContain('Clearance is unknown, not clear.');
  });
  it('says S-13 of an ablation zone', async () => {
    const target = itemOf('region', { ellipsoid: { centre: [0, 0, 0], semiAxes: [8, 8, 8], axes: upright } });
    const applicators = [{ tip: [0, 10, 0], direction: [0, 1, 0], zone: { length: 40, width: 40, tipToCentre: 10 } }];
    const zone = itemOf('ablation', { applicators, target: 't', requiredMargin: null, critical: [] });
    expect(said(itemIn(await measure({ t: target, a: zone }), 'a'))).toMatch(
      /Zone from .+\. Real zones differ with tissue, flow and vessels\./,
    );
  });
});
