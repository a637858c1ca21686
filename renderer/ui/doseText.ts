import type { Dose } from '../../src/dicom/index.ts';

/** Facts of radiation as "CTDIvol 12.3 mGy": those that are told, none that are not. */
export function doseTexts(dose: { readonly [Fact in keyof Dose]: Dose[Fact] | undefined }): readonly string[] {
  const fact = (name: string, value: number | undefined, unit: string): readonly string[] =>
    value === undefined ? [] : [`${name} ${String(Number(value.toPrecision(4)))} ${unit}`];
  return [
    ...fact('CTDIvol', dose.ctdiVolMGy, 'mGy'),
    ...fact('DLP', dose.dlpMGyCm, 'mGy·cm'),
    ...fact('DAP', dose.dapGyCm2, 'Gy·cm²'),
    ...fact('At the reference point', dose.referencePointMGy, 'mGy'),
    ...fact('Fluoroscopy', dose.fluoroscopySeconds, 's'),
  ];
}
