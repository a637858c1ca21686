import { describe, expect, it } from 'vitest';
import { fittedText } from '../../../renderer/marks/fitting.ts';

/** Ten px a code unit: widths that can be counted. */
const widthOf = (text: string): number => 10 * text.length;
const fitted = (text: string, roomPx: number, numbered = true): string => fittedText(text, numbered, roomPx, widthOf);

describe('a label in a small view', () => {
  it('stays whole where it fits to the pixel', () => {
    expect(fitted('Length 1: 18.1 mm', 170)).toBe('Length 1: 18.1 mm');
  });
  it('loses letters of its name, never of its number or unit', () => {
    expect(fitted('Right common iliac artery: 18.1 mm', 200)).toBe('Right comm…: 18.1 mm');
    for (let room = 80; room < 340; room += 7) {
      const text = fitted('Right common iliac artery: 18.1 mm', room);
      expect(text).toMatch(/18\.1 mm$/);
      expect(widthOf(text)).toBeLessThanOrEqual(room);
    }
  });
  it('is the number alone where no letter of the name has room', () => {
    expect(fitted('Right common iliac artery: 18.1 mm', 90)).toBe('18.1 mm');
  });
  it('cuts a note at its end, colons or not', () => {
    expect(fitted('Plan: enter below the twelfth rib', 120, false)).toBe('Plan: enter…');
  });
  it('does not cut a letter of two code units in half', () => {
    expect(fitted('𝛼𝛽𝛾𝛿', 50, false)).toBe('𝛼𝛽…');
  });
});
