import type { Series } from '../dicom/index.ts';
import { scanDocument } from '../export/index.ts';
import type { ScanDocument, ScannedSeries } from '../export/index.ts';
import type { ExitCode, Io } from './io.ts';
import { printJson, UsageFault } from './io.ts';
import { openData } from './openData.ts';
import { plainLines, table } from './table.ts';
import { readWords } from './words.ts';

/** Reasons that speak of an image which could not be used; the others are no images, or one twice. */
const failures = new Set(['truncated', 'unsupported-syntax', 'unreadable', 'outside-root', 'too-large']);

export async function scan(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = readWords(argv, { '--json': 'flag' });
  if (words.positionals.length === 0) throw new UsageFault('scan needs at least one PATH.');
  const { series, skipped } = await openData(words.positionals, io);
  const document = scanDocument(series, skipped);
  if (words.has('--json')) printJson(io, document);
  else if (document.series.length > 0 || skipped.length > 0)
    io.stdout(scanTable(document, new Map(series.map((one) => [keyOf(one), one]))));
  if (document.series.length === 0) {
    const files = skipped.length === 1 ? 'one file' : `${skipped.length} files`;
    io.stderr(`No DICOM image was found; ${skipped.length === 0 ? 'there is nothing here' : `${files} skipped`}.\n`);
    return 2;
  }
  return skipped.some(({ reason }) => failures.has(reason)) ? 1 : 0;
}

function keyOf({
  seriesInstanceUID,
  part,
}: {
  readonly seriesInstanceUID: string;
  readonly part: string | null;
}): string {
  return `${seriesInstanceUID}|${part ?? ''}`;
}

function scanTable({ series, skipped }: ScanDocument, known: ReadonlyMap<string, Series>): string {
  const rows = series.map((one) => [
    one.modality,
    one.description + (one.part === null ? '' : ` (${one.part})`),
    `${one.columns} x ${one.rows}, ${one.frames} ${one.frames === 1 ? 'frame' : 'frames'}`,
    geometry(one, regionsText(known.get(keyOf(one)))),
    one.patientID,
    one.notes.map(({ code }) => code).join(', '),
    one.seriesInstanceUID,
  ]);
  const head = ['', 'Series', 'Columns x rows', 'Spacing across x down x along', 'Patient ID', 'Notes', 'UID'];
  const told = rows.length === 0 ? '' : table(head, rows);
  const notes = series.flatMap((one) => one.notes.map(({ message }) => `note ${one.seriesInstanceUID}: ${message}\n`));
  const left = skipped.map(({ path, message }) => `skipped ${path}: ${message}\n`);
  return told + plainLines([...new Set(notes)]) + plainLines(left);
}

function geometry({ volume, why, pixelSpacing }: ScannedSeries, regions: string): string {
  const mm = (values: readonly number[]): string => values.map((value) => Number(value.toFixed(3))).join(' x ');
  if (volume) {
    const apart = volume.correction === 'gantry-tilt' ? `, planes ${volume.planeDistance.toFixed(3)} mm apart` : '';
    return `${mm(volume.spacing)} mm${apart}${volume.correction ? `, ${volume.correction}` : ''}`;
  }
  const spacing = pixelSpacing ? `${mm([pixelSpacing.mm[1], pixelSpacing.mm[0]])} mm (${pixelSpacing.basis})` : regions;
  return why.length === 0 ? spacing : `${spacing}; no volume: ${why.join(', ')}`;
}

/** Ultrasound has its scale by region of the picture. */
function regionsText(series: Series | undefined): string {
  const count = series?.instances[0]?.regions?.length ?? 0;
  if (count === 0) return 'not calibrated';
  return `${count} ${count === 1 ? 'region' : 'regions'} with a scale of ${count === 1 ? 'its' : 'their'} own`;
}
