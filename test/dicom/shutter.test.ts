import { describe, expect, it } from 'vitest';
import { buildSeries, insideShutter, type Shutter } from '../../src/dicom/index.ts';
import { openingWindow, windowRange } from '../../renderer/cornerstone/displayWindow.ts';
import { ctSlice, XA_IMAGE } from '../support/dicomCases.ts';
import { instanceIn } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';

const side = 200;
const run = (more: DicomElements) =>
  instanceIn(
    writeDicom({
      ...ctSlice({ rows: side, columns: side }),
      '0008,0016 UI': XA_IMAGE,
      '0008,0060 CS': 'XA',
      '0028,1050 DS': undefined,
      '0028,1051 DS': undefined,
      ...more,
    }),
  );
const rectangle: DicomElements = {
  '0018,1600 CS': 'RECTANGULAR',
  '0018,1602 IS': '41',
  '0018,1604 IS': '160',
  '0018,1606 IS': '21',
  '0018,1608 IS': '180',
};
const circle: DicomElements = { '0018,1600 CS': 'CIRCULAR', '0018,1610 IS': '101\\81', '0018,1612 IS': '60' };
const triangle: DicomElements = { '0018,1600 CS': 'POLYGONAL', '0018,1620 IS': '1\\1\\1\\200\\200\\1' };
/** Pixels whose middle is free. */
const free = (shutter: Shutter | undefined): number => {
  if (shutter === undefined) throw new Error('no shutter');
  let count = 0;
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) count += insideShutter(shutter, column, row) ? 1 : 0;
  return count;
};

describe('the shutter of a projection', () => {
  it('is a rectangle from its first to its last column and row, which count from 1 in the file', () => {
    expect(run(rectangle).shutter?.rectangle).toEqual({ left: 40, right: 159, top: 20, bottom: 179 });
    expect(free(run(rectangle).shutter)).toBe(120 * 160);
  });
  it('is a circle about row and column', () => {
    expect(run(circle).shutter?.circle).toEqual({ row: 100, column: 80, radius: 60 });
    expect(Math.abs(free(run(circle).shutter) / (Math.PI * 60 * 60) - 1)).toBeLessThan(0.01);
  });
  it('is a polygon of rows and columns', () =>
    expect(Math.abs(free(run(triangle).shutter) / ((side * side) / 2) - 1)).toBeLessThan(0.02));
  it('is what all of its shapes leave free', () => {
    const both = run({ ...rectangle, ...circle, '0018,1600 CS': ['RECTANGULAR', 'CIRCULAR'] }).shutter;
    expect(free(both)).toBeLessThan(free(run(circle).shutter));
    expect(both && insideShutter(both, 39, 100)).toBe(false);
    expect(both && insideShutter(both, 40, 100)).toBe(true);
  });
  it('is told by the collimator where there is none, and by nothing that makes no sense', () => {
    const collimator = Object.fromEntries(
      Object.entries(rectangle).map(([tag, value]) => [tag.replace('0018,16', '0018,17'), value]),
    );
    expect(run(collimator).shutter).toEqual(run(rectangle).shutter);
    expect(run({ ...rectangle, '0018,1604 IS': '3' }).shutter).toBeUndefined();
    expect(run({}).shutter).toBeUndefined();
  });
});

describe('the window an angiogram opens with', () => {
  /** 1000 to 2000 evenly in the open part, 0 beyond: what a mask of black leaves. */
  const values = (shutter: Shutter): Uint16Array =>
    Uint16Array.from({ length: side * side }, (_, at) =>
      insideShutter(shutter, at % side, Math.floor(at / side)) ? 1000 + ((at * 7919) % 1001) : 0,
    );
  const openedBy = (more: DicomElements) => {
    const instance = run(more);
    const [series] = buildSeries([instance], ({ source }) => source).series;
    const { shutter } = run(rectangle);
    if (series === undefined || shutter === undefined) throw new Error('no series');
    return windowRange(openingWindow(series, 0, values(shutter), false).window);
  };
  it('holds the middle 98 % of what lies inside the shutter', () => {
    const { lower, upper } = openedBy(rectangle);
    expect(Math.abs(lower - 1010)).toBeLessThan(4);
    expect(Math.abs(upper - 1990)).toBeLessThan(4);
  });
  it('would begin at black without it', () => expect(openedBy({}).lower).toBeLessThan(1));
});
