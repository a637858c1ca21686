import { describe, expect, it } from 'vitest';
import { findRows, headerRows, rowsText, type HeaderElement } from '../../../renderer/app/headerRows.ts';

const element = (depth: number, tag: string, keyword: string, vr: string, value: string): HeaderElement => ({
  depth,
  tag,
  keyword,
  vr,
  value,
  cut: false,
  bytes: value.length,
});
const elements: readonly HeaderElement[] = [
  element(0, '(0010,0010)', 'PatientName', 'PN', 'Doe^Jane'),
  element(0, '(0010,0020)', 'PatientID', 'LO', 'A-1'),
  element(0, '(0040,0275)', 'RequestAttributesSequence', 'SQ', '1 item'),
  element(1, '(FFFE,E000)', 'Item 1', '', ''),
  element(1, '(0040,0007)', 'ScheduledProcedureStepDescription', 'LO', 'Liver'),
  element(0, '(0045,1001)', '', 'LO', 'private words'),
];
const tags = (search: string): readonly string[] =>
  findRows(headerRows(elements, false), search).map((row) => row.element.tag);

describe('the header view', () => {
  it('finds an element by name, tag or value, in whatever case', () => {
    expect(tags('patientid')).toEqual(['(0010,0020)']);
    expect(tags('0010,0020')).toEqual(['(0010,0020)']);
    expect(tags('00100020')).toEqual(['(0010,0020)']);
    expect(tags('jane DOE')).toEqual(['(0010,0010)']);
    expect(tags('  ')).toHaveLength(6);
    expect(tags('nowhere')).toEqual([]);
  });
  it('shows in what a found element is nested, and finds private ones', () => {
    expect(tags('liver')).toEqual(['(0040,0275)', '(FFFE,E000)', '(0040,0007)']);
    expect(tags('private words')).toEqual(['(0045,1001)']);
  });
  it('copies tag, name, type and value, one element a line', () => {
    expect(rowsText(headerRows(elements.slice(4), false))).toBe(
      '    (0040,0007)\tScheduledProcedureStepDescription\tLO\tLiver\n(0045,1001)\t\tLO\tprivate words',
    );
  });
  it('neither shows nor copies who the patient is while names are hidden', () => {
    const text = rowsText(headerRows(elements, true));
    expect(text).not.toContain('Doe');
    expect(text).not.toContain('A-1');
    expect(text).toContain('Liver');
  });
});
