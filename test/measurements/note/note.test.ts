import { expect, it } from 'vitest';
import { kindOf } from '../../../src/measurements/index.ts';
import { itemIn, itemOf, measure, onImage } from '../support.ts';

it('has words and no number', async () => {
  const record = itemOf('note', { on: onImage, point: [3, 4], text: 'stent edge' });
  const got = itemIn(await measure({ a: record }), 'a');
  expect(got.results).toEqual({});
  expect(
    kindOf('note')?.words?.(
      kindOf('note')?.parse(record) ??
        (() => {
          throw new Error('note');
        })(),
    ),
  ).toBe('stent edge');
});

it('keeps where its words were drawn to, apart from the place they point at, in the space of the item', () => {
  const kind = kindOf('note');
  const item = kind?.parse(itemOf('note', { on: onImage, point: [3, 4], text: 'stent edge' }));
  if (kind === undefined || item === undefined) throw new Error('note');
  expect(kind.wordsHandle?.at(item)).toBeUndefined();
  const moved = kind.moveHandle(item, 'text', [10.5, 2]);
  expect(moved).toEqual({ ...item, textAt: [10.5, 2] });
  expect(kind.wordsHandle?.at(kind.parse(moved))).toEqual([10.5, 2]);
  expect(kind.moveHandle(moved, 'point', [5, 5])).toEqual({ ...moved, point: [5, 5] });
  expect(() => kind.parse({ ...moved, textAt: [1, 2, 3] })).toThrow(/textAt/);
});
