import { scanDocument } from '../export/index.ts';
import type { ScanDocument, ScannedSeries } from '../export/index.ts';
import type { ExitCode, Io } from './io.ts';
import { printJson, UsageFault } from './io.ts';
import { openData } from './openData.ts';
import { table } from './table.ts';
import { readWords } from './words.ts';

/** Reasons that speak of an image which could not be used; the others are no images, or one twice. */
const failures = new Set(['truncated', 'unsupported-syntax', 'unreadable', 'outside-root', 'too-large']);

export async function scan(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = readWords(argv, { '--json': 'flag' });
  if (words.positionals.length === 0) throw new UsageFault('scan needs at least one PATH.');
  const { series, skipped } = await openData(words.positionals, io);
  const document = scanDocument(series, skipped);
  if (words.has('--json')) printJson(io, document);
  else io.stdout(scanTable(document));
  if (document.series.length === 0) {
    const files = skipped.length === 1 ? 'one file' : `${skipped.length} files`;
    io.stderr(`No DICOM image was found; ${skipped.length === 0 ? 'there is nothing here' : `${files} skipped`}.\n`);
    return 2;
  }
  return skipped.some(({ reason }) => failures.has(reason)) ? 1 : 0;
}

function scanTable({ series, skipped }: ScanDocument): string {
  const rows = series.map((one) => [
    one.modality,
    one.description + (one.part === null ? '' : ` (${one.part})`),
    `${one.columns} x ${one.rows}, ${one.frames} ${one.frames === 1 ? 'frame' : 'frames'}`,
    geometry(one),
    one.notes.map(({ code }) => code).join(', '),
    one.seriesInstanceUID,
  ]);
  const told = table(['', 'Series', 'Size', 'Geometry', 'Notes', 'UID'], rows);
  const left = skipped.map(({ path, message }) => `skipped ${path}: ${message}\n`);
  return told + left.join('');
}

function geometry({ volume, why, pixelSpacing }: ScannedSeries): string {
  const mm = (values: readonly number[]): string => values.map((value) => Number(value.toFixed(3))).join(' x ');
  if (volume) return `${mm(volume.spacing)} mm${volume.correction ? `, ${volume.correction}` : ''}`;
  const spacing = pixelSpacing ? `${mm(pixelSpacing.mm)} mm (${pixelSpacing.basis})` : 'not calibrated';
  return why.length === 0 ? spacing : `${spacing}; no volume: ${why.join(', ')}`;
}
