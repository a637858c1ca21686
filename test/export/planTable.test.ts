import { describe, expect, it } from 'vitest';
import { caution, planTable } from '../../src/export/index.ts';
import type { Evaluation } from '../../src/measurements/index.ts';
import { emptyPlan, type Plan, type PlanItem } from '../../src/plan/index.ts';

const item = (label: string, order: number): PlanItem => ({
  type: 'item',
  kind: 'stenosis',
  label,
  order,
  side: 'R',
  on: { in: 'image', seriesInstanceUID: '1.2.3', sopInstanceUID: '1.2.3.4', frame: 7 },
});
function planOf(records: Plan['records']): Plan {
  return { ...emptyPlan({ id: 'p', title: '', now: () => '2026-01-01T00:00:00Z' }), records };
}
function evaluationOf(): Evaluation {
  return {
    items: [
      {
        id: 'a',
        kind: 'stenosis',
        computedBy: { kindVersion: 2, program: '0.1.0' },
        results: {
          diameterStenosis: { value: -12.5, unit: '%', uncertainty: null, basis: null },
          tip: { value: [1, -2, 3], unit: 'mm' },
        },
        notes: [
          { code: 'method', key: 'diameterStenosis', message: 'Method: local reference, one diameter.' },
          { code: 'x', message: 'Said of the whole, with a comma and a "quote".' },
        ],
      },
    ],
    failed: [{ id: 'b', code: 'series-missing', message: 'The series 9 is not among the open data.' }],
  };
}
const table = (label: string): string =>
  planTable(planOf({ a: item(label, 1), b: item('Second', 2) }), evaluationOf(), {
    program: '0.1.0',
    byteOrderMark: false,
  });

describe('the plan as a table', () => {
  it('begins with the sentence that this is no medical device', () => {
    expect(table('A').startsWith(`"${caution}"\r\n`)).toBe(true);
  });
  it('keeps a negative number a number and says unit, method, notes, series, frame and versions beside it', () => {
    const line = table('A').split('\r\n')[2];
    expect(line).toBe(
      'a,stenosis,A,R,diameterStenosis,-12.5,%,,,"Method: local reference, one diameter.","Said of the whole, with a comma and a ""quote"". Side: RIGHT. Patient, side, level confirmed: ____",1.2.3,7,2,0.1.0',
    );
  });
  it('holds the words of a note', () => {
    const note: PlanItem = { ...item('Note 1', 1), kind: 'note', point: [1, 2], text: 'Stent here, "6 x 40"' };
    const answer = { id: 'n', kind: 'note', computedBy: { kindVersion: 1, program: '' }, results: {}, notes: [] };
    const text = planTable(planOf({ n: note }), { items: [answer], failed: [] }, { program: '', byteOrderMark: false });
    expect(text.split('\r\n')[2]).toContain('n,note,Note 1,R,text,"Stent here, ""6 x 40""",');
  });
  it('says of pixels what they would be at the detector, in a sentence and never as a number of its own', () => {
    const evaluation = evaluationOf();
    const estimate = { value: 19.2, unit: 'mm', basis: 'detector' } as const;
    const length = { value: 48, unit: 'px', uncertainty: null, basis: 'detector', estimate } as const;
    const items = evaluation.items.map((one) => ({ ...one, results: { length }, notes: [] }));
    const text = planTable(planOf({ a: item('A', 1) }), { items, failed: [] }, { program: '', byteOrderMark: false });
    expect(text.split('\r\n')[2]).toContain(
      'length,48,px,,detector,,"About 19.2 mm at the detector, less in the patient: not calibrated. ',
    );
  });
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes no formula of the name %j', (label) => {
    expect(table(label)).toContain(`'${label}`);
  });
  it('ends the notes of every line with the age of the scan and the side to be confirmed (S-9)', () => {
    const text = planTable(planOf({ a: item('A', 1), b: item('Second', 2) }), evaluationOf(), {
      program: '0.1.0',
      byteOrderMark: false,
      daysSinceScan: () => 41,
    });
    const lines = text.split('\r\n').slice(2, -1);
    for (const line of lines)
      expect(line).toContain('Scan is 41 days old. Side: RIGHT. Patient, side, level confirmed: ____');
    expect(lines).toHaveLength(5);
  });
  it('gives a point in three lines and a failed item one with its reason', () => {
    const text = table('A');
    expect(text).toContain('tip.x,1,mm');
    expect(text).toContain('tip.y,-2,mm');
    expect(text).toContain('tip.z,3,mm');
    expect(text).toContain(
      'b,stenosis,Second,R,,,,,,,"The series 9 is not among the open data. Side: RIGHT. Patient, side, level confirmed: ____"',
    );
  });
  it('has as many cells on every line as columns, but for the sentence', () => {
    const lines = table('A').split('\r\n').slice(1, -1);
    const count = (line: string): number => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(',').length;
    expect(new Set(lines.map(count))).toEqual(new Set([15]));
  });
});
