import { describe, expect, it } from 'vitest';
import { planTable } from '../../src/export/index.ts';
import { evaluate } from '../../src/measurements/index.ts';
import { itemIn, itemOf, measure, planOf, sourceOf } from './support.ts';

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
  it('says S-10 of points that were set on a slab, each sentence once, and in the table', async () => {
    const points = [
      [0, 0, 0],
      [0, 3, 4],
    ];
    const depthFrom = [
      { handle: 'start', by: 'mip', slabMm: 10 },
      { handle: 'end', by: 'mip', slabMm: 10 },
      { handle: 'other', by: 'minip', slabMm: 5 },
      { handle: 'another', by: 'mean', slabMm: 3 },
    ];
    const plan = planOf({ l: itemOf('length', { points, depthFrom }) });
    const evaluation = await evaluate(plan, sourceOf(), { program: 'test' });
    const words = itemIn(evaluation, 'l').notes.map(({ message }) => message);
    const sentences = [
      'Measured on a 10 mm MIP: depth uncertain.',
      'Measured on a 5 mm MinIP: depth uncertain.',
      'Measured on a 3 mm mean: depth is that of its middle plane.',
    ];
    expect(words).toEqual(sentences);
    const table = planTable(plan, evaluation, { byteOrderMark: false, patient: false, series: [], program: 'test' });
    for (const sentence of sentences) expect(table).toContain(sentence);
    expect(said(itemIn(await measure({ l: itemOf('length', { points }) }), 'l'))).toBe('');
  });
  it('says of points set on another series of the frame of reference that the organ may have moved, and in the table', async () => {
    const points = [
      [0, 0, 0],
      [0, 3, 4],
    ];
    const portal = { seriesInstanceUID: '1.2.3.7', part: null };
    const both = [
      { handle: 'start', ...portal },
      { handle: 'end', ...portal },
    ];
    const words = async (pointsFrom: unknown): Promise<string> =>
      said(itemIn(await measure({ l: itemOf('length', { points, pointsFrom }) }), 'l'));
    expect(await words(both.slice(1))).toBe('End was set on another series: the organ may have moved between the two.');
    expect(await words(both)).toBe(
      'Start and End were set on another series: the organ may have moved between the two.',
    );
    expect(await words([{ handle: 'start', seriesInstanceUID: '1.2.3', part: 'portal' }])).toBe(
      'Start was set on another part of the series (portal): the organ may have moved between the two.',
    );
    const plan = planOf({ l: itemOf('length', { points, pointsFrom: both }) });
    const evaluation = await evaluate(plan, sourceOf(), { program: 'test' });
    expect(planTable(plan, evaluation, { byteOrderMark: false, program: 'test' })).toContain('on another series');
  });
  it('says the end of S-6 of a needle without anything assessed', async () => {
    const needle = itemOf('trajectory', { entry: [0, 0, 0], target: [0, 50, 0] });
    expect(said(itemIn(await measure({ n: needle }), 'n'))).toContain('Clearance is unknown, not clear.');
  });
  it('says S-14 of a needle: from where its angles count, to which side of the patient its tip goes, and of the breath', async () => {
    const toTheRight = { entry: [0, 100, 0], target: [-30, 50, 10] };
    const prone = itemOf('trajectory', { ...toTheRight, options: { procedurePosition: 'prone' } });
    const words = said(itemIn(await measure({ n: prone }), 'n'));
    expect(words).toContain(
      "Angles: from vertical for PRONE patient, tip to patient's RIGHT. C-arm: console set to supine.",
    );
    expect(words).toContain('Breath-hold state of planning scan unknown.');
    const supine = itemOf('trajectory', {
      entry: [0, 0, 0],
      target: [20, 50, 0],
      options: { procedurePosition: 'supine' },
    });
    expect(said(itemIn(await measure({ n: supine }), 'n'))).toContain(
      "Angles: from vertical for SUPINE patient, tip to patient's LEFT.",
    );
    // On the right side the patient's left is up: what stays is front and back.
    const side = itemOf('trajectory', {
      entry: [0, 0, 0],
      target: [-50, -20, 0],
      options: { procedurePosition: 'right-decubitus' },
    });
    expect(said(itemIn(await measure({ n: side }), 'n'))).toContain(
      "Angles: from vertical for RIGHT DECUBITUS patient, tip to patient's FRONT.",
    );
    const straight = itemOf('trajectory', {
      entry: [0, 0, 0],
      target: [0, 50, 20],
      options: { procedurePosition: 'supine' },
    });
    expect(said(itemIn(await measure({ n: straight }), 'n'))).toContain(
      'Angles: from vertical for SUPINE patient. C-arm',
    );
  });
  it('says how far the reference of NASCET lies from the lesion (S-11)', async () => {
    const carotid = itemOf('stenosis', {
      lesion: [
        [0, 0, 0],
        [2, 0, 0],
      ],
      references: [
        [
          [-1, 0, 20.04],
          [3, 0, 20.04],
        ],
      ],
      options: { territory: 'carotid' },
    });
    expect(said(itemIn(await measure({ s: carotid }), 's'))).toContain('Method: NASCET, distal reference at 20 mm.');
  });
  it('says S-13 of an ablation zone', async () => {
    const target = itemOf('region', { ellipsoid: { centre: [0, 0, 0], semiAxes: [8, 8, 8], axes: upright } });
    const applicators = [{ tip: [0, 10, 0], direction: [0, 1, 0], zone: { length: 40, width: 40, tipToCentre: 10 } }];
    const zone = itemOf('ablation', { applicators, target: 't', requiredMargin: null, critical: [] });
    expect(said(itemIn(await measure({ t: target, a: zone }), 'a'))).toMatch(
      /Zone from .+\. Real zones differ with tissue, flow and vessels\./,
    );
    const [known] = applicators.map((one) => ({ ...one, zone: { ...one.zone, source: 'MAKER', evidence: 'ex vivo' } }));
    const named = itemOf('ablation', { applicators: [known], target: 't', requiredMargin: null, critical: [] });
    expect(said(itemIn(await measure({ t: target, a: named }), 'a'))).toContain(
      'Zone from MAKER (ex vivo). Real zones differ with tissue, flow and vessels.',
    );
  });
});
