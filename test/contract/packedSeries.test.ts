import { describe, expect, it } from 'vitest';
import { packSeries, scanEventSchema, unpackSeries } from '../../src/contract/index.ts';
import { buildSeries, type Instance, type Series } from '../../src/dicom/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { instanceIn, seriesBelow } from '../support/dicomFiles.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { shared, sharedPath } from '../support/shared.ts';

const written = (series: Series): unknown => JSON.parse(JSON.stringify(packSeries(series)));
const plain = (series: Series): unknown => JSON.parse(JSON.stringify(series));
const readBack = (json: unknown): unknown => {
  const event = scanEventSchema.parse({ type: 'series', series: json, retired: [] });
  return event.type === 'series' ? plain(event.series) : undefined;
};

describe('a series on its way to the window', () => {
  const slices = Array.from({ length: 40 }, (_, index) =>
    instanceIn(writeDicom(ctSlice({ number: index + 1, position: [0, 0, 2.5 * index] })), `token-${index}`),
  );
  const [series] = buildSeries(slices, ({ source }) => source).series;
  if (series === undefined) throw new Error('no series');

  it('arrives as it was, in a third of the bytes, its equal facts as one object', () => {
    expect(readBack(written(series))).toEqual(plain(series));
    expect(JSON.stringify(packSeries(series)).length * 3).toBeLessThan(JSON.stringify(series).length);
    const { instances } = unpackSeries(packSeries(series));
    expect(instances[7]?.patient).toBe(instances[0]?.patient);
    expect(instances[7]?.facts[0]?.orientation).toBe(instances[0]?.facts[0]?.orientation);
    expect(instances[7]?.facts[0]?.position).not.toBe(instances[0]?.facts[0]?.position);
  });

  it('is understood unpacked too', () => {
    expect(readBack(plain(series))).toEqual(plain(series));
  });

  it('arrives whole where its images have different shapes', () => {
    const change = (index: number, more: Partial<Instance>) => {
      const instance = slices[index];
      if (instance === undefined) throw new Error('no slice');
      return { ...instance, ...more };
    };
    const first = slices[0];
    if (first === undefined) throw new Error('no slice');
    const odd: Series = {
      ...series,
      instances: [
        first,
        change(1, { regions: [] }),
        change(2, { windows: [{ centre: 40, width: 400, name: null }] }),
        change(3, { timing: { intervalMs: 40 } }),
        change(4, { facts: Array.from({ length: 30 }, () => first.facts[0]).filter((fact) => fact !== undefined) }),
        change(5, { projection: null, frameOfReferenceUID: null, imageType: ['A', 'B', 'C'] }),
        first,
      ],
    };
    expect(readBack(written(odd))).toEqual(plain(odd));
    expect(readBack(written({ ...series, instances: [] }))).toEqual(plain({ ...series, instances: [] }));
  });

  it.skipIf(!shared).each(['data/trouble', 'data/us-cine', 'data/assorted', 'data/real', 'data/xa-cine-96'])(
    'arrives as it was, whatever it is: %s',
    (folder) => {
      const all = seriesBelow(sharedPath(folder));
      expect(all.length).toBeGreaterThan(0);
      for (const one of all) expect(readBack(written(one))).toEqual(plain(one));
    },
  );
});
