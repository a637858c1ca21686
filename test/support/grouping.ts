import fc from 'fast-check';
import { buildSeries, type Instance } from '../../src/dicom/index.ts';
import { ctSlice } from './dicomCases.ts';
import { readHead } from './dicomFiles.ts';
import { writeDicom, type DicomElements } from './dicomWriter.ts';

/** Values that files give, and values that none should: what tells slices apart is chosen among a few, so that they meet. */
const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 12 }).map((n) => String(2.5 * n)) },
  { weight: 1, arbitrary: fc.constantFrom('NaN', '', '1e308', '-1e308', '0.0000001', 'x', '1e-320') },
);
const few = fc.constantFrom('1', '2', '3');
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 3 });

/** One slice of a series in which anything may differ from slice to slice. */
const slice: fc.Arbitrary<DicomElements> = fc.record({
  '0020,0032 DS': maybe(fc.tuple(number, number, number).map((at) => at.join('\\'))),
  '0020,0037 DS': maybe(
    fc.constantFrom(
      '1\\0\\0\\0\\1\\0',
      '1\\0\\0\\0\\0.96\\-0.26',
      '0\\1\\0\\0\\0\\-1',
      '0\\0\\0\\0\\0\\0',
      '1\\0',
      'a\\b',
    ),
  ),
  '0028,0030 DS': fc.constantFrom('1\\1', '1\\1', '0.5\\0.5', '0\\0', 'NaN\\1'),
  '0020,0012 IS': maybe(few),
  '0020,0100 IS': maybe(few),
  '0018,0081 DS': maybe(few),
  '0008,0008 CS': maybe(
    fc.constantFrom('ORIGINAL\\PRIMARY\\AXIAL', 'ORIGINAL\\PRIMARY\\LOCALIZER', 'DERIVED\\SECONDARY'),
  ),
  '0008,0032 TM': maybe(fc.constantFrom('080000', '080035', '0', 'noon')),
  '0020,0013 IS': maybe(fc.constantFrom('1', '2', '-5', '99999999999')),
  '0010,0020 LO': fc.constantFrom('A', 'A', 'A', 'B', ''),
  '0020,0052 UI': maybe(fc.constantFrom('1.2', '1.3')),
  '0008,0018 UI': fc.integer({ min: 1, max: 40 }).map((n) => `1.2.${n}`),
});

/** Series of 1 to 30 such slices. */
export const anySlices = fc.array(slice, { minLength: 1, maxLength: 30 });

/**
 * Groups the slices and throws where a series is out of bounds: each picture in one series, finite geometry, the same
 * for any order of the files, no more words than pictures can account for.
 */
export function groupAll(slices: readonly DicomElements[]): void {
  const instances = slices.flatMap((more, i): Instance[] => {
    const read = readHead(writeDicom(ctSlice({ rows: 2, columns: 2, more })), `file ${String(i).padStart(3, '0')}`);
    return read.kind === 'image' ? [read.instance] : [];
  });
  const { series, duplicates } = buildSeries(instances);
  const shown = series.flatMap(({ frames, instances: own }) =>
    frames.map(({ instance, frame }) => `${own[instance]?.source} ${frame}`),
  );
  if (new Set(shown).size !== shown.length) throw new Error('a picture in two places');
  const held = new Set(series.flatMap(({ instances: own }) => own.map(({ source }) => source)));
  if (held.size + duplicates.length !== instances.length) throw new Error('a picture was lost');
  if (new Set(series.map(({ key }) => key)).size !== series.length) throw new Error('two series of one key');
  for (const { volume, frames } of series) {
    if (volume === null) continue;
    const numbers = [...volume.origin, ...volume.spacing, ...volume.direction.flat()];
    if (!numbers.every(Number.isFinite) || volume.spacing.some((mm) => mm <= 0)) throw new Error('no true geometry');
    if (volume.dimensions[2] !== frames.length) throw new Error('more or fewer slices than pictures');
  }
  const words = series.flatMap(({ notes }) => notes.map(({ message }) => message)).join('').length;
  if (words > 2000 * (instances.length + 1))
    throw new Error(`${words} letters of notes for ${instances.length} pictures`);
  const again = buildSeries([...instances].reverse()).series;
  if (JSON.stringify(again) !== JSON.stringify(series)) throw new Error('another order of files, other series');
}
