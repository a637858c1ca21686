import { estimateSentence } from '../../src/export/index.ts';
import { decimalsOf, fixedText, type Quantity, type Unit } from '../../src/quantity/index.ts';

const signs: Readonly<Record<string, string>> = { mm2: 'mm²', px2: 'px²', deg: '°', '1': '' };
export function unitText(unit: Unit): string {
  return signs[unit] ?? unit;
}

/** A number with its unit, as people read it: "12.3 mm"; a dash where there is none. */
export function quantityText(quantity: Quantity): string {
  return quantity.value === null ? '–' : valueText(quantity.value, quantity.unit);
}
export function valueText(value: number, of: Unit): string {
  const unit = unitText(of);
  const text = fixedText(value, decimalsOf(of, value));
  return unit === '' ? text : unit === '°' ? `${text}°` : `${text} ${unit}`;
}
/** What stands behind a number whose millimetres come from a person's calibration: it must not look like one of the scan. */
export function calibrationMark(quantity: Quantity): string {
  return isCalibrated(quantity) ? ' cal.' : '';
}
export function markedText(quantity: Quantity): string {
  return quantityText(quantity) + calibrationMark(quantity);
}
/** What the mark of a number means, or what it would be on an assumed scale; '' where there is nothing to say. */
export function markMeaning(quantity: Quantity): string {
  return isCalibrated(quantity) ? 'Calibrated by the user.' : (estimateSentence(quantity) ?? '');
}
function isCalibrated({ value, basis, unit }: Quantity): boolean {
  return value !== null && basis === 'calibrated' && unit !== 'mm/px';
}
/** One standard deviation, where it is known: "± 0.4 mm". */
export function uncertaintyText(quantity: Quantity): string {
  if (quantity.value === null || quantity.uncertainty === null) return '';
  return `± ${fixedText(quantity.uncertainty, decimalsOf(quantity.unit, quantity.uncertainty))}`;
}
/** The value on an assumed scale, always with its mark. */
export function estimateText(quantity: Quantity): string {
  const { estimate } = quantity;
  if (estimate === undefined) return '';
  return `≈ ${fixedText(estimate.value, 1)} ${unitText(estimate.unit)} ${estimate.basis === 'detector' ? 'at detector' : 'estimated'}`;
}
