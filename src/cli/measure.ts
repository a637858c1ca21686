import type { Series } from '../dicom/index.ts';
import { caution, estimateSentence, measureDocument } from '../export/index.ts';
import type { MeasureDocument } from '../export/index.ts';
import { hostPixelSource, nodeCodecs, programVersion } from '../host/index.ts';
import { evaluate, kindOf } from '../measurements/index.ts';
import { belongsTo, PlanFault, readPlan } from '../plan/index.ts';
import type { Plan } from '../plan/index.ts';
import { decimalsOf, fixedText, type Quantity } from '../quantity/index.ts';
import type { ExitCode, Io } from './io.ts';
import { printJson, UsageFault } from './io.ts';
import { openData, readJson } from './openData.ts';
import { table } from './table.ts';
import { readWords } from './words.ts';

export async function measure(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = readWords(argv, { '--data': 'list', '--json': 'flag' });
  const [file, ...more] = words.positionals;
  if (file === undefined || more.length > 0) throw new UsageFault('measure needs one PLAN.');
  const data = words.list('--data');
  if (data.length === 0) throw new UsageFault('measure needs --data PATH….');
  const { plan, faults } = readPlanFile(file, io);
  const { series } = await openData(data, io);
  if (series.length === 0) throw new UsageFault('No DICOM image was found in the data.');
  sayForeign(plan, series, io);
  const program = programVersion();
  const options = io.signal ? { program, signal: io.signal } : { program };
  const document = measureDocument(
    plan.id,
    await evaluate(plan, hostPixelSource(series, nodeCodecs()), options),
    faults,
  );
  if (words.has('--json')) printJson(io, document);
  else io.stdout(measureTable(document, plan));
  return document.failed.length > 0 ? 1 : 0;
}

function readPlanFile(file: string, io: Io): ReturnType<typeof readPlan> {
  try {
    return readPlan(readJson(file, io));
  } catch (error) {
    if (error instanceof PlanFault) throw new UsageFault(`${file}: ${error.message}.`);
    throw error;
  }
}

/** For people: the caution first, then one line a number. */
function measureTable({ items, failed }: MeasureDocument, plan: Plan): string {
  const lines: string[][] = [];
  for (const { id, kind, results, notes } of items) {
    const record = plan.records[id];
    const known = kindOf(kind);
    if (record?.type !== 'item' || !known) continue;
    const name = record.label === '' ? id : record.label;
    const parsed = known.parse(record);
    if (known.words !== undefined) lines.push([name, known.title, 'Text', known.words(parsed), '']);
    const rows = known.rows(parsed, { results, notes });
    for (const [i, row] of rows.entries()) {
      const said = notes.filter(({ key }) => key === row.key || (key === undefined && i === 0));
      lines.push([
        i === 0 ? name : '',
        i === 0 ? (known.titleOf?.({ results, notes }) ?? known.title) : '',
        row.label,
        written(row.quantity),
        [estimateSentence(row.quantity) ?? [], said.map(({ message }) => message)].flat().join(' '),
      ]);
    }
  }
  const told = lines.length === 0 ? '' : table(['Item', 'Kind', 'Quantity', 'Value', 'Notes'], lines);
  return `${caution}\n\n${told}${failed.map(({ id, message }) => `failed ${labelOf(plan, id)}: ${message}\n`).join('')}`;
}

/** The item's name as the window shows it, with its id for searching. */
function labelOf({ records }: Plan, id: string): string {
  const record = records[id];
  return record?.type === 'item' && record.label !== '' ? `"${record.label}" (${id})` : id;
}

/** Where none of the plan's studies is among the data. */
function sayForeign(plan: Plan, series: readonly Series[], io: Io): void {
  const foreign = series.every(({ study, patient }) => {
    const owner = { studyInstanceUID: study.studyInstanceUID, patientID: patient.id, patientName: patient.name };
    return belongsTo(plan, owner) === 'other';
  });
  if (foreign) io.stderr('These data are of another patient than the plan.\n');
}

function written({ value, unit, uncertainty, basis }: Quantity): string {
  if (value === null) return 'not known';
  const doubt = uncertainty === null ? '' : ` +- ${fixedText(uncertainty, decimalsOf(unit, value))}`;
  const from = basis === null || basis === 'patient' || basis === 'none' ? '' : ` (${basis})`;
  const named = unit === '1' ? '' : ` ${unit}`;
  return `${fixedText(value, decimalsOf(unit, value))}${doubt}${named}${from}`;
}
