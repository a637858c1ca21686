import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';
import { writeZip } from '../support/zipWriter.ts';
import { scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

const { signal } = new AbortController();

describe('the header of an image', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());
  const more: DicomElements = { '0009,0010 LO': 'ACME', '0009,1001 LO': 'private words', '0010,0010 PN': 'Zoë^Łukasz' };
  const slice = (extra: DicomElements = {}) => writeDicom(ctSlice({ more: { ...more, ...extra } }));

  it('is given by its token, private elements with their owner, names in their letters', async () => {
    here.write('IM1', slice({ '0008,1140 SQ': [{ '0008,1155 UI': '1.2.3' }] }));
    const host = here.host();
    const [series] = seriesOf(await scanned(host, [host.grantPaths([here.data]).id]));
    const token = series?.instances[0]?.source ?? '';
    const header = await host.methods.header({ token }, { signal });
    expect(header).toMatchObject({ transferSyntaxUID: '1.2.840.10008.1.2.1', leftOut: 0, whole: true });
    const of = (tag: string) => header.elements.find((element) => element.tag === tag);
    expect(of('(0010,0010)')).toMatchObject({ keyword: 'PatientName', vr: 'PN', value: 'Zoë^Łukasz', depth: 0 });
    expect(of('(0009,1001)')).toMatchObject({ value: 'private words', creator: 'ACME' });
    expect(of('(0008,1155)')).toMatchObject({ value: '1.2.3', depth: 1 });
    expect(of('(7FE0,0010)')).toMatchObject({ bytes: 128 });
    await expect(host.methods.header({ token: 'unknown' }, { signal })).rejects.toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('is read from within a ZIP, and however long it is', async () => {
    const long = { '0009,1002 OB': new Uint8Array(500_000) };
    here.write('one.zip', writeZip([{ name: 'IM1', bytes: slice(long) }]));
    const host = here.host();
    const [series] = seriesOf(await scanned(host, [host.grantPaths([path.join(here.data, 'one.zip')]).id]));
    const { elements } = await host.methods.header({ token: series?.instances[0]?.source ?? '' }, { signal });
    expect(elements.find(({ tag }) => tag === '(0009,1002)')).toMatchObject({ bytes: 500_000, cut: true });
    expect(elements.at(-1)?.tag).toBe('(7FE0,0010)');
  });

  it('of an image tells its dose, and a dose report in the folder that of its study', async () => {
    here.write('IM1', slice({ '0018,9345 FD': 12.5 }));
    const code = (value: string, scheme = 'DCM') => [{ '0008,0100 SH': value, '0008,0102 SH': scheme }];
    const total: DicomElements = {
      '0040,A040 CS': 'NUM',
      '0040,A043 SQ': code('113722'),
      '0040,A300 SQ': [{ '0040,A30A DS': '0.0025', '0040,08EA SQ': code('Gy.m2', 'UCUM') }],
    };
    const report = writeDicom({
      '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.88.67',
      '0008,0018 UI': '1.2.826.77',
      '0008,0060 CS': 'SR',
      '0020,000D UI': '1.2.826.0.1',
      '0040,A043 SQ': code('113701'),
      '0040,A730 SQ': [{ '0040,A040 CS': 'CONTAINER', '0040,A043 SQ': code('113702'), '0040,A730 SQ': [total] }],
    });
    here.write('SR1', report);
    here.write('again/SR1', report);
    const host = here.host();
    const events = await scanned(host, [host.grantPaths([here.data]).id]);
    expect(seriesOf(events)[0]?.instances[0]?.dose).toEqual({ ctdiVolMGy: 12.5 });
    expect(events.filter(({ type }) => type === 'dose')).toEqual([
      {
        type: 'dose',
        report: { irradiations: 0, studyInstanceUID: '1.2.826.0.1', sopInstanceUID: '1.2.826.77', dapGyCm2: 25 },
      },
    ]);
    const done = events.at(-1);
    expect(done?.type === 'done' && done.skipped.map(({ reason }) => reason)).toEqual(['no-image', 'no-image']);
  });
});
