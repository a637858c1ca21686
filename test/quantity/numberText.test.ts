import { describe, expect, it } from 'vitest';
import { placeText, pointText } from '../../renderer/ui/text.ts';
import { quantityText, valueText } from '../../renderer/ui/quantityText.ts';
import { decimalsOf, fixedText } from '../../src/quantity/index.ts';

describe('a number as text', () => {
  it('is never minus nothing: what rounds to 0 is 0, and what does not keeps its sign', () => {
    expect(fixedText(-0.04, 1)).toBe('0.0');
    expect(fixedText(-0, 1)).toBe('0.0');
    expect(fixedText(-0, 0)).toBe('0');
    expect(fixedText(-0.4, 0)).toBe('0');
    expect(fixedText(-0.06, 1)).toBe('-0.1');
    expect(fixedText(-12.34, 1)).toBe('-12.3');
  });

  it('has no minus in any unit where it rounds to nothing, in the window and in a table', () => {
    for (const unit of ['mm', 'px', 'mm2', 'mL', 'deg', '%', 'HU', '1', 'mm/px', 's', 'cm/s'])
      for (const value of [-1e-9, -0.00004, -0])
        expect(`${valueText(value, unit)} ${fixedText(value, decimalsOf(unit, value))}`).not.toContain('-');
    expect(quantityText({ value: -0.03, unit: 'mm', uncertainty: null, basis: 'patient' })).toBe('0.0 mm');
    expect(pointText([-0.03, 2])).toBe('column 0.0 row 2.0 px');
    expect(placeText([-0.03, 0, -0])).not.toContain('-');
  });

  it('bears three decimals where a time is a part of a second, four where it is a scale', () => {
    expect(valueText(0.0727, 's')).toBe('0.073 s');
    expect(valueText(1.25, 's')).toBe('1.25 s');
    expect(valueText(12.04, 's')).toBe('12.0 s');
    expect(fixedText(0.21674, decimalsOf('mm/px', 0.21674))).toBe('0.2167');
  });
});
