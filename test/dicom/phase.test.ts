import { describe, expect, it } from 'vitest';
import { kernelByName, phaseByName } from '../../src/dicom/index.ts';

describe('the phase that the words of a series name', () => {
  it.each([
    ['Abdomen arterial 1.0 B31f', 'arterial'],
    ['LATE ARTERIAL', 'arterial'],
    ['CTA run-off', 'arterial'],
    ['Liver portal venous', 'portal'],
    ['PV 3mm', 'portal'],
    ['VENOUS PHASE', 'portal'],
    ['Delayed 5 min', 'delayed'],
    ['equilibrium', 'delayed'],
    ['W/O CONTRAST', 'unenhanced'],
    ['Nativ 5.0', 'unenhanced'],
    ['NON-CONTRAST HEAD', 'unenhanced'],
  ])('"%s" is %s', (text, phase) => {
    expect(phaseByName(text)).toBe(phase);
  });
  it.each(['Thorax 1.0', 'start', 'Invented CT', 'heart', 'Translation', 'party'])('"%s" names none', (text) => {
    expect(phaseByName(text)).toBeNull();
  });
});

describe('a reconstruction kernel', () => {
  it.each([
    ['B31f', 'soft'],
    ['Br40d', 'soft'],
    ['I30f\\3', 'soft'],
    ['B70f', 'sharp'],
    ['FC08', 'soft'],
    ['FC52', 'sharp'],
    ['STANDARD', 'soft'],
    ['BONEPLUS', null],
    ['LUNG', 'sharp'],
    ['YA', 'soft'],
    ['', null],
  ])('"%s" is %s', (kernel, kind) => {
    expect(kernelByName(kernel)).toBe(kind);
  });
});
