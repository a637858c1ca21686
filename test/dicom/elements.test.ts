import { readFileSync } from 'node:fs';
import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { parseElements, type ElementSet } from '../../src/dicom/elements.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { filesBelow } from '../support/dicomFiles.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { shared, sharedPath } from '../support/shared.ts';

const PIXELS = new Set([0x7fe00010, 0x7fe00008, 0x7fe00009]);
type Told = { [tag: string]: [number, number] | Told[] };

/** Places of every element up to the pixels, as dicom-parser 1.8.21 finds them. */
function theirs(dataSet: dicomParser.DataSet): Told {
  return Object.fromEntries(
    Object.values(dataSet.elements)
      .filter(({ tag }) => tag !== 'x7fe00010' && !tag.startsWith('x0002') && tag !== 'xfffee00d')
      .map((element): [string, Told[string]] => [
        element.tag,
        element.items
          ? element.items.map((item) => (item.dataSet ? theirs(item.dataSet) : {}))
          : [element.dataOffset, element.length],
      ]),
  );
}
/** The same of ours. Sequences in UN of defined length, which dicom-parser leaves closed, are told as it tells them. */
function ours(elements: ElementSet, start: number, like: Told): Told {
  return Object.fromEntries(
    [...elements.values()]
      .filter(({ tag }) => tag !== 0x7fe00010)
      .map((element): [string, Told[string]] => {
        const tag = `x${element.tag.toString(16).padStart(8, '0')}`;
        const other = like[tag];
        const closed = (element.vr === 'UN' || element.vr === '') && !isItems(other);
        if (element.items === undefined || closed) return [tag, [element.offset + start, element.length]];
        return [tag, element.items.map((item, i) => ours(item, start, isItems(other) ? (other[i] ?? {}) : {}))];
      }),
  );
}
const isItems = (value: Told[string] | undefined): value is Told[] =>
  value !== undefined && (value.length === 0 || typeof value[0] === 'object');

const folders = [
  'ct-tilt-uneven-28',
  'real/mr-enhanced',
  'real/seg-and-sr',
  'real/syntax-extra',
  'us-cine',
  'trouble',
  'assorted/pydicom',
];
describe.skipIf(!shared)('the elements of real headers', () => {
  for (const folder of folders)
    it(`lie in ${folder} where dicom-parser finds them`, () => {
      let compared = 0;
      for (const file of filesBelow(sharedPath(`data/${folder}`))) {
        const name = file.slice(sharedPath('data/').length);
        const bytes = new Uint8Array(readFileSync(file));
        let dataSet: dicomParser.DataSet;
        try {
          dataSet = dicomParser.parseDicom(bytes, { untilTag: 'x7fe00010' });
        } catch {
          continue; // no DICOM to it, or damaged
        }
        const syntax = dataSet.string('x00020010') ?? '';
        if (
          syntax === '1.2.840.10008.1.2.1.99' ||
          Object.values(dataSet.elements).some(({ vr }) => /^(?:OV|SV|UV)$/.test(vr ?? ''))
        )
          continue;
        const first = Object.values(dataSet.elements)
          .filter(({ tag }) => !tag.startsWith('x0002'))
          .sort((a, b) => a.dataOffset - b.dataOffset)[0];
        if (first === undefined) continue;
        const long = /^(?:OB|OD|OF|OL|OW|SQ|UC|UN|UR|UT)$/.test(first.vr ?? '');
        const start = first.dataOffset - (long ? 12 : 8);
        const got = parseElements(bytes.subarray(start), {
          explicit: first.vr !== undefined,
          littleEndian: syntax !== '1.2.840.10008.1.2.2',
          stopAt: PIXELS,
        });
        expect(ours(got.elements, start, theirs(dataSet)), name).toEqual(theirs(dataSet));
        compared += 1;
      }
      expect(compared).toBeGreaterThan(3);
    });
});

describe('odd headers', () => {
  const body = (bytes: Uint8Array) => bytes.subarray(132 + 12 + new DataView(bytes.buffer).getUint32(140, true));
  const read = (bytes: Uint8Array, explicit = true) =>
    parseElements(body(bytes), { explicit, littleEndian: true, stopAt: PIXELS });
  it('finds what lies behind the large kinds OV, SV and UV', () => {
    const got = read(writeDicom({ ...ctSlice(), '0009,1001 OV': [1, 2], '0009,1002 UV': [7] }));
    expect(got.elements.get(0x00091002)?.length).toBe(8);
    expect(got.stopped?.length).toBe(128);
  });
  it('reads a sequence that is hidden in a value of unknown kind', () => {
    // An item of implicit form in UN of defined length: (FFFE,E000) 12 bytes, (0008,0100) "ABCD".
    const hidden = Uint8Array.of(0xfe, 0xff, 0, 0xe0, 12, 0, 0, 0, 8, 0, 0, 1, 4, 0, 0, 0, 65, 66, 67, 68);
    const got = read(writeDicom({ ...ctSlice(), '0009,1001 UN': hidden }));
    expect(got.elements.get(0x00091001)?.items?.[0]?.get(0x00080100)?.length).toBe(4);
    expect(got.whole).toBe(true);
  });
  it('reads 10,000 sequences one in the other', () => {
    const levels = 10_000;
    const opening = [9, 0, 1, 0x10, 0x53, 0x51, 0, 0, 255, 255, 255, 255, 0xfe, 0xff, 0, 0xe0, 255, 255, 255, 255];
    const bytes = new Uint8Array(opening.length * levels + 8);
    for (let i = 0; i < levels; i++) bytes.set(opening, i * opening.length);
    bytes.set([8, 0, 0x60, 0, 0x43, 0x53, 0, 0], opening.length * levels);
    const got = parseElements(bytes, { explicit: true, littleEndian: true });
    expect(got.whole).toBe(false);
    let depth = 0;
    for (let set: ElementSet | undefined = got.elements; set; set = [...set.values()][0]?.items?.[0]) depth += 1;
    expect(depth).toBe(levels + 1);
  });
  it('goes on behind a sequence whose length holds no items', () => {
    const long = writeDicom({ ...ctSlice(), '0009,1001 UN': new TextEncoder().encode('JUNKJUNK') });
    long.set([0x53, 0x51], Buffer.from(long.buffer).indexOf(Buffer.from([9, 0, 1, 0x10])) + 4);
    expect(read(long).elements.get(0x00280010)).toBeDefined();
  });
});
