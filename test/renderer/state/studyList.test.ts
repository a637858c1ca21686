import { describe, expect, it } from 'vitest';
import { studyList, type ListedSeries } from '../../../renderer/state/index.ts';
import { buildSeries, type Series } from '../../../src/dicom/index.ts';
import { ctSlice } from '../../support/dicomCases.ts';
import { instanceIn } from '../../support/dicomFiles.ts';
import { writeDicom } from '../../support/dicomWriter.ts';

interface Scan {
  readonly number: number;
  readonly description: string;
  readonly kernel?: string;
  readonly thickness?: number;
  readonly time?: string;
  readonly imageType?: readonly string[];
  readonly slices?: number;
}

/** One CT series of slices 1 mm apart, read from written headers. */
function scan({ number, description, kernel, thickness = 1, time = '', imageType, slices = 5 }: Scan): Series {
  const instances = Array.from({ length: slices }, (_, i) =>
    instanceIn(
      writeDicom(
        ctSlice({
          number: i + 1,
          position: [0, 0, i],
          seriesUID: `1.2.826.${number}`,
          more: {
            '0008,103E LO': description,
            '0020,0011 IS': String(number),
            '0018,0050 DS': String(thickness),
            '0008,0020 DA': '20240312',
            ...(kernel === undefined ? {} : { '0018,1210 SH': kernel }),
            ...(time === '' ? {} : { '0008,0022 DA': '20240312', '0008,0032 TM': time }),
            ...(imageType === undefined ? {} : { '0008,0008 CS': [...imageType] }),
          },
        }),
      ),
      `file ${number} ${i}`,
    ),
  );
  const [series] = buildSeries(instances).series;
  if (series === undefined) throw new Error('no series');
  return series;
}
const listOf = (...series: readonly Series[]) => {
  const [study] = studyList(series);
  if (study === undefined) throw new Error('no study');
  return study;
};
const names = (lines: readonly ListedSeries[]) => lines.map(({ series }) => series.description);
const phases = (lines: readonly ListedSeries[]) => lines.map(({ phase }) => phase?.name ?? null);

describe('the list of what was opened', () => {
  it('puts the thinnest soft-kernel series of each phase first, in the order the phases were taken', () => {
    const { scans } = listOf(
      scan({ number: 3, description: 'Abd arterial 5.0', kernel: 'B31f', thickness: 5, time: '100000' }),
      scan({ number: 4, description: 'Abd arterial 1.0 sharp', kernel: 'B70f', thickness: 0.6, time: '100000' }),
      scan({ number: 5, description: 'Abd arterial 1.0', kernel: 'B31f', thickness: 1, time: '100000' }),
      scan({ number: 6, description: 'Abd portal 3.0', kernel: 'B31f', thickness: 3, time: '100040' }),
      scan({ number: 7, description: 'Abd portal 1.5', kernel: 'Br40d', thickness: 1.5, time: '100040' }),
      scan({ number: 8, description: 'Abd delayed', kernel: 'B31f', thickness: 2, time: '100300' }),
    );
    expect(names(scans)).toEqual([
      'Abd arterial 1.0',
      'Abd portal 1.5',
      'Abd delayed',
      'Abd arterial 5.0',
      'Abd arterial 1.0 sharp',
      'Abd portal 3.0',
    ]);
    expect(phases(scans).slice(0, 3)).toEqual(['arterial', 'portal', 'delayed']);
    expect(scans.slice(0, 3).map(({ phase }) => phase?.secondsAfterFirst)).toEqual([0, 40, 180]);
  });

  it('names a phase by the time after a series whose words say arterial, and says so', () => {
    const { scans } = listOf(
      scan({ number: 2, description: 'Liver arterial', time: '100000' }),
      scan({ number: 3, description: 'Liver B', time: '100038' }),
      scan({ number: 4, description: 'Liver C', time: '100230' }),
    );
    expect(scans.map(({ phase }) => [phase?.name, phase?.by])).toEqual([
      ['arterial', 'name'],
      ['portal', 'time'],
      ['delayed', 'time'],
    ]);
  });

  it('gives no phase where neither words nor a named arterial series tell it', () => {
    const { scans } = listOf(
      scan({ number: 2, description: 'Thorax 1.0', time: '100000' }),
      scan({ number: 3, description: 'Thorax 2.0', time: '100050' }),
    );
    expect(phases(scans)).toEqual([null, null]);
    expect(scans.map(({ phase }) => phase?.secondsAfterFirst)).toEqual([0, 50]);
  });

  it('folds scouts, dose sheets, saved reformats and bolus tracking away', () => {
    const { scans, others } = listOf(
      scan({ number: 1, description: 'Topogram 0.6', slices: 1 }),
      scan({ number: 2, description: 'PreMonitoring', slices: 1 }),
      scan({ number: 3, description: 'CTA run-off 0.75' }),
      scan({ number: 4, description: 'Coronal 3.0', imageType: ['DERIVED', 'SECONDARY', 'MPR'] }),
      scan({ number: 999, description: 'Dose report', slices: 1 }),
    );
    expect(names(scans)).toEqual(['CTA run-off 0.75']);
    expect(names(others)).toEqual(['Topogram 0.6', 'PreMonitoring', 'Coronal 3.0', 'Dose report']);
  });

  it('shows a study of nothing but scouts', () => {
    const { scans, others } = listOf(scan({ number: 1, description: 'Scout', slices: 1 }));
    expect([names(scans), others]).toEqual([['Scout'], []]);
  });
});
