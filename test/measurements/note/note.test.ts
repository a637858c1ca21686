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
