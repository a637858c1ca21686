import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/measurements/index.ts';
import { codes, itemIn, itemOf, measure, numberOf, onImage, scalar, sourceOf } from '../support.ts';

const line = (row: number, width: number) => [
  [10, row],
  [10 + width, row],
];
const inImage = (fields: Readonly<Record<string, unknown>>) => ({ s: itemOf('stenosis', { on: onImage, ...fields }) });
const method = (item: { readonly notes: readonly { readonly code: string; readonly message: string }[] }) =>
  item.notes.find(({ code }) => code === 'method')?.message;

describe('stenosis', () => {
  it('reads 60 % for 2 mm against 5 mm, 84 % by area, and calls it NASCET for a carotid with one distal reference', async () => {
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
    const got = itemIn(
      await measure({ s: itemOf('stenosis', { lesion, references, options: { territory: 'carotid' } }) }),
      's',
    );
    expect(numberOf(got, 'diameterStenosis')).toBeCloseTo(60, 9);
    expect(numberOf(got, 'areaStenosis')).toBeCloseTo(84, 9);
    expect(scalar(got, 'minimumLumenDiameter')).toMatchObject({ value: 2, unit: 'mm', basis: 'patient' });
    expect(scalar(got, 'diameterStenosis')).toMatchObject({ unit: '%', basis: null });
    expect(method(got)).toContain('NASCET');
    expect(codes(got)).toContain('circular-assumption');
  });

  it('gives per cent and pixels but no millimetres when the angiogram is not calibrated', async () => {
    const got = itemIn(await measure(inImage({ lesion: line(0, 3), references: [line(5, 10), line(9, 14)] })), 's');
    expect(scalar(got, 'minimumLumenDiameter')).toMatchObject({ value: 3, unit: 'px', basis: 'none' });
    expect(scalar(got, 'referenceDiameter').value).toBe(12);
    expect(numberOf(got, 'diameterStenosis')).toBeCloseTo(75, 9);
    expect(method(got)).toContain('mean local reference');
    expect(JSON.stringify(got.results)).not.toContain('mm');
  });

  it('never calls two references or another vessel NASCET', async () => {
    for (const [territory, references] of [
      ['carotid', [line(5, 10), line(9, 14)]],
      ['artery', [line(5, 10)]],
      [null, [line(5, 10)]],
    ]) {
      const got = itemIn(await measure(inImage({ lesion: line(0, 3), references, options: { territory } })), 's');
      expect(method(got)).not.toContain('NASCET');
    }
  });

  it('keeps a negative stenosis', async () => {
    const got = itemIn(await measure(inImage({ lesion: line(0, 12), references: [line(5, 10)] })), 's');
    expect(numberOf(got, 'diameterStenosis')).toBeCloseTo(-20, 9);
    expect(codes(got)).toContain('wider-than-reference');
  });

  it('reads the same per cent across pixels that are higher than wide', async () => {
    const fields = {
      lesion: [
        [0, 0],
        [0, 2],
      ],
      references: [
        [
          [0, 0],
          [8, 0],
        ],
      ],
    };
    const got = itemIn(await measure(inImage(fields), sourceOf({ image: { pixelAspectRatio: [2, 1] } })), 's');
    expect(numberOf(got, 'diameterStenosis')).toBeCloseTo(50, 9);
  });

  it('carries millimetres at the detector only as an estimate', async () => {
    const image = { pixelSpacing: { mm: [0.3, 0.3], basis: 'estimated' } } as const;
    const got = itemIn(
      await measure(inImage({ lesion: line(0, 3), references: [line(5, 10), line(9, 14)] }), sourceOf({ image })),
      's',
    );
    expect(scalar(got, 'referenceDiameter')).toMatchObject({
      unit: 'px',
      basis: 'estimated',
      estimate: { unit: 'mm', basis: 'estimated' },
    });
    expect(scalar(got, 'referenceDiameter').estimate?.value).toBeCloseTo(3.6, 12);
  });

  it('says so instead of dividing by a reference without width', async () => {
    const got = itemIn(await measure(inImage({ lesion: line(0, 3), references: [line(5, 0)] })), 's');
    expect(scalar(got, 'diameterStenosis').value).toBeNull();
    expect(got.notes.filter(({ code }) => code === 'reference-zero').map(({ key }) => key)).toEqual([
      'diameterStenosis',
      'areaStenosis',
    ]);
  });

  it('is placed by four clicks and Enter, or by six', () => {
    const kind = kindOf('stenosis');
    const draft = { on: onImage, others: {}, label: 'S', order: 1, side: null };
    const points = [
      [0, 0],
      [1, 0],
      [0, 5],
      [2, 5],
      [0, 9],
      [3, 9],
    ] as const;
    expect(kind?.finish({ ...draft, points: points.slice(0, 4) })).toBeUndefined();
    expect(kind?.finish({ ...draft, points: points.slice(0, 4) }, true)).toMatchObject({
      references: [
        [
          [0, 5],
          [2, 5],
        ],
      ],
    });
    expect(kind?.finish({ ...draft, points })).toMatchObject({
      references: [
        [
          [0, 5],
          [2, 5],
        ],
        [
          [0, 9],
          [3, 9],
        ],
      ],
    });
  });
});
