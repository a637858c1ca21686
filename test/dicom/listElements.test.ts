import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listElements, readDoseReport, type ElementList } from '../../src/dicom/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { filesBelow, instanceIn, readHead } from '../support/dicomFiles.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';
import { shared, sharedPath } from '../support/shared.ts';

type Listed = Extract<ElementList, { kind: 'elements' }>;
function listed(bytes: Uint8Array, limits = {}): Listed {
  for (let length = Math.min(4096, bytes.length); ;) {
    const got = listElements(bytes.subarray(0, length), bytes.length, limits);
    if (got.kind === 'elements') return got;
    if (got.kind === 'none') throw new Error(got.message);
    if (got.bytes <= length) throw new Error('asks for no more');
    length = got.bytes;
  }
}
const line = (list: Listed, tag: string) => list.elements.find((element) => element.tag === tag);

describe('the header view', () => {
  const more: DicomElements = {
    '0008,0008 CS': 'ORIGINAL\\PRIMARY',
    '0008,1140 SQ': [{ '0008,1155 UI': '1.2' }, { '0008,1155 UI': '1.3', '0040,A170 SQ': [{ '0008,0100 SH': 'X' }] }],
    '0009,0010 LO': 'ACME 1.1',
    '0009,1001 LO': 'secret',
    '0009,1002 OB': Uint8Array.from({ length: 40 }, (_, i) => i),
    '0018,9345 FD': 12.5,
    '0020,5000 AT': [0x00280010, 0x00080018],
    '0028,1052 DS': '-1024',
    '6002,0010 US': 4,
  };
  for (const [name, options] of [
    ['explicit', {}],
    ['implicit', { transferSyntaxUID: '1.2.840.10008.1.2' }],
    ['big endian', { transferSyntaxUID: '1.2.840.10008.1.2.2' }],
    ['deflated', { transferSyntaxUID: '1.2.840.10008.1.2.1.99' }],
  ] as const)
    it(`lists all elements with their names, kinds and values (${name})`, () => {
      const list = listed(writeDicom(ctSlice({ more }), options));
      expect([list.whole, list.leftOut]).toEqual([true, 0]);
      expect(line(list, '(0002,0010)')).toMatchObject({
        keyword: 'TransferSyntaxUID',
        vr: 'UI',
        value: list.transferSyntaxUID,
      });
      expect(line(list, '(0010,0010)')).toMatchObject({
        keyword: 'PatientName',
        vr: 'PN',
        value: 'Test^Person',
        depth: 0,
      });
      expect(line(list, '(0008,0008)')?.value).toBe('ORIGINAL\\PRIMARY');
      expect(line(list, '(0018,9345)')).toMatchObject({ keyword: 'CTDIvol', vr: 'FD', value: '12.5' });
      expect(line(list, '(0020,5000)')).toMatchObject({ vr: 'AT', value: '(0028,0010)\\(0008,0018)' });
      expect(line(list, '(0009,1001)')).toMatchObject({ keyword: '', creator: 'ACME 1.1' });
      expect(line(list, '(0009,0010)')?.keyword).toBe('PrivateCreator');
      expect(line(list, '(6002,0010)')?.keyword).toBe('OverlayRows');
      expect(line(list, '(7FE0,0010)')).toMatchObject({ keyword: 'PixelData', bytes: 128 });
    });
  it('shows what is nested, item by item', () => {
    const { elements } = listed(writeDicom(ctSlice({ more }), { undefinedLengths: true }));
    const at = elements.findIndex(({ tag }) => tag === '(0008,1140)');
    expect(elements.slice(at, at + 9).map(({ depth, keyword, value }) => [depth, keyword, value])).toEqual([
      [0, 'ReferencedImageSequence', '2 items'],
      [1, 'Item 1', ''],
      [1, 'ReferencedSOPInstanceUID', '1.2'],
      [1, 'Item 2', ''],
      [1, 'ReferencedSOPInstanceUID', '1.3'],
      [1, 'PurposeOfReferenceCodeSequence', '1 item'],
      [2, 'Item 1', ''],
      [2, 'CodeValue', 'X'],
      [0, expect.any(String), expect.any(String)],
    ]);
  });
  it('cuts long values and says so', () => {
    const long = writeDicom(
      ctSlice({ more: { ...more, '0040,A160 UT': 'x'.repeat(100_000), '0066,0001 UL': Array<number>(5000).fill(7) } }),
    );
    const list = listed(long, { characters: 100 });
    expect(line(list, '(0040,A160)')).toMatchObject({ value: 'x'.repeat(100), cut: true, bytes: 100_000 });
    expect(line(list, '(0009,1002)')).toMatchObject({
      value: '00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f',
      cut: true,
    });
    expect(line(list, '(0066,0001)')?.value.length).toBeLessThan(110);
  });
  it('is bounded in lines and in depth', () => {
    const deep = (levels: number): DicomElements => ({ '0040,A730 SQ': levels > 0 ? [deep(levels - 1)] : [] });
    const list = listed(writeDicom(ctSlice({ more: deep(200) })));
    expect(Math.max(...list.elements.map(({ depth }) => depth))).toBe(24);
    const few = listed(writeDicom(ctSlice({ more })), { elements: 10 });
    expect([few.elements.length, few.leftOut > 20]).toEqual([10, true]);
  });
  it.skipIf(!shared)('never fails on a shared file', () => {
    for (const file of [
      ...filesBelow(sharedPath('data/assorted')),
      ...filesBelow(sharedPath('data/real/mr-enhanced')),
    ]) {
      const bytes = new Uint8Array(readFileSync(file));
      const got = listElements(bytes, bytes.length);
      expect(['elements', 'none']).toContain(got.kind);
      if (got.kind === 'elements') expect(got.elements.length).toBeLessThanOrEqual(20_000);
    }
  });
});

describe('dose', () => {
  it('is told by the image where its header has it, in the units it says', () => {
    const got = instanceIn(
      writeDicom(ctSlice({ more: { '0018,9345 FD': 7.25, '0018,115E DS': '12', '0040,8302 DS': '3.5' } })),
    );
    expect(got.dose).toEqual({ ctdiVolMGy: 7.25, dapGyCm2: expect.closeTo(1.2, 12), referencePointMGy: 3.5 });
    expect(instanceIn(writeDicom(ctSlice())).dose).toBeUndefined();
  });

  const code = (value: string) => [{ '0008,0100 SH': value, '0008,0102 SH': 'DCM', '0008,0104 LO': 'meaning' }];
  const number = (concept: string, value: string, unit: string): DicomElements => ({
    '0040,A040 CS': 'NUM',
    '0040,A043 SQ': code(concept),
    '0040,A300 SQ': [{ '0040,A30A DS': value, '0040,08EA SQ': [{ '0008,0100 SH': unit }] }],
  });
  const container = (concept: string, content: readonly DicomElements[]): DicomElements => ({
    '0040,A040 CS': 'CONTAINER',
    '0040,A043 SQ': code(concept),
    '0040,A730 SQ': content,
  });
  const report = (content: readonly DicomElements[]) =>
    writeDicom({
      '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.88.67',
      '0008,0018 UI': '1.2.3',
      '0008,0060 CS': 'SR',
      '0020,000D UI': '1.2',
      ...container('113701', content),
    });
  it('of a CT report is the total DLP and the highest mean CTDIvol', () => {
    const acquisition = (ctdi: string) =>
      container('113819', [container('113829', [number('113830', ctdi, 'mGy'), number('113838', '99', 'mGy.cm')])]);
    const bytes = report([
      container('113811', [number('113813', '415.5', 'mGy.cm')]),
      acquisition('4.5'),
      acquisition('11.25'),
    ]);
    expect(readDoseReport(bytes, bytes.length)).toEqual({
      kind: 'report',
      report: { irradiations: 2, studyInstanceUID: '1.2', sopInstanceUID: '1.2.3', ctdiVolMGy: 11.25, dlpMGyCm: 415.5 },
    });
  });
  it('of an angiography report adds its planes up, in Gy.cm2, mGy and seconds', () => {
    const plane = (dap: string, dose: string) =>
      container('113702', [number('113722', dap, 'Gy.m2'), number('113725', dose, 'Gy'), number('113730', '120', 's')]);
    const bytes = report([plane('0.0030', '0.5'), plane('0.0010', '0.25'), container('113706', [])]);
    const got = readDoseReport(bytes, bytes.length);
    expect(got.kind === 'report' && got.report).toMatchObject({
      dapGyCm2: expect.closeTo(40, 9),
      referencePointMGy: 750,
      fluoroscopySeconds: 240,
      irradiations: 1,
    });
  });
  it('leaves out a number in a unit that it does not know', () => {
    const bytes = report([container('113811', [number('113813', '415', 'rad')])]);
    const got = readDoseReport(bytes, bytes.length);
    expect(got.kind === 'report' && got.report.dlpMGyCm).toBeUndefined();
  });
  it('is none where the file is something else', () => {
    const bytes = writeDicom(ctSlice());
    expect(readDoseReport(bytes, bytes.length).kind).toBe('none');
    expect(readHead(report([])).kind).toBe('other');
  });
});
