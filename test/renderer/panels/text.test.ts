import { describe, expect, it } from 'vitest';
import { ageInDays, nameText, placeText, thicknessText, voxelsText } from '../../../renderer/ui/text.ts';
import { markedText, markMeaning, quantityText, estimateText } from '../../../renderer/ui/quantityText.ts';

describe('words in the window', () => {
  it('writes a place with letters and never with signs', () => {
    expect(placeText([34, 12.5, 105])).toBe('L 34.0 P 12.5 H 105.0 mm');
    expect(placeText([-34, -12.5, -105])).toBe('R 34.0 A 12.5 F 105.0 mm');
  });
  it('writes a name of DICOM as people do, in all its scripts', () => {
    expect(nameText('Yamada^Tarou=山田^太郎=やまだ^たろう')).toBe('Yamada, Tarou (山田, 太郎; やまだ, たろう)');
    expect(nameText('HEAD')).toBe('HEAD');
    expect(nameText('')).toBe('No name');
  });
  it('tells how far apart slices lie, and in a stack tilted by 60 degrees that its planes are half as far apart', () => {
    const upright = {
      dimensions: [64, 64, 10],
      spacing: [0.7, 0.75, 2.5],
      origin: [0, 0, 0],
      direction: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      correction: null,
    } as const;
    expect(voxelsText(upright)).toBe('0.7 × 0.75 mm, slices 2.5 mm apart');
    expect(thicknessText(2.5, upright)).toBe('2.5 mm thick');
    expect(thicknessText(5, upright)).toBe('5 mm thick, 2.5 mm apart');
    expect(thicknessText(5, null)).toBe('5 mm thick');
    const direction = [
      [1, 0, 0],
      [0, 1, 0],
      [0, Math.sqrt(3) / 2, 0.5],
    ] as const;
    expect(voxelsText({ ...upright, direction, correction: 'gantry-tilt' })).toBe(
      '0.7 × 0.75 mm, slices 2.5 mm apart along the table, their planes 1.250 mm',
    );
  });
  it('counts a scan of 29 February 2024 on 1 March as one day old, and an absent date as unknown', () => {
    expect(ageInDays('20240229', new Date(2024, 2, 1, 0, 30))).toBe(1);
    expect(ageInDays('', new Date())).toBeNull();
  });
  it('never writes a number without its unit, nor an assumed millimetre without its mark', () => {
    const px = {
      value: 48.04,
      unit: 'px',
      uncertainty: null,
      basis: 'detector',
      estimate: { value: 14.4, unit: 'mm', basis: 'detector' },
    } as const;
    expect(quantityText(px)).toBe('48.0 px');
    expect(estimateText(px)).toBe('≈ 14.4 mm at detector');
    expect([markedText(px), markMeaning(px)]).toEqual([
      '48.0 px',
      'About 14.4 mm at the detector, less in the patient: not calibrated.',
    ]);
    const area = { value: 1200, unit: 'px2', uncertainty: null, basis: 'estimated' } as const;
    expect(markMeaning({ ...area, estimate: { value: 192, unit: 'mm2', basis: 'estimated' } })).toBe(
      'About 192.0 mm² on an estimated scale: not calibrated.',
    );
    const calibrated = { value: 32, unit: 'mm', uncertainty: null, basis: 'calibrated' } as const;
    expect([markedText(calibrated), markMeaning(calibrated)]).toEqual(['32.0 mm cal.', 'Calibrated by the user.']);
    const scanned = { value: 32, unit: 'mm', uncertainty: null, basis: 'patient' } as const;
    expect([markedText(scanned), markMeaning(scanned)]).toEqual(['32.0 mm', '']);
    expect(quantityText({ value: 0.6543, unit: 'mL', uncertainty: null, basis: 'patient' })).toBe('0.65 mL');
    expect(quantityText({ value: 12.25, unit: 'deg', uncertainty: null, basis: null })).toBe('12.3°');
    expect(quantityText({ value: null, unit: 'mm', uncertainty: null, basis: null })).toBe('–');
  });
});
