import type { Instance, Series } from '../../../src/dicom/index.ts';
import type { LoadedSeries } from '../../../renderer/cornerstone/types.ts';

const patientFacts = { name: '', id: '', birthDate: '', sex: '' };
const study = { studyInstanceUID: '1', date: '', time: '', description: '' };
function instance(k: number): Instance {
  return {
    source: `token-${k}`,
    sopInstanceUID: `2.${k}`,
    sopClassUID: '',
    transferSyntaxUID: '',
    seriesInstanceUID: '2',
    frameOfReferenceUID: '3',
    modality: 'CT',
    patient: patientFacts,
    study,
    series: { number: 1, description: '', bodyPart: '', date: '', time: '' },
    instanceNumber: k,
    acquisition: '',
    imageType: [],
    patientPosition: 'HFS',
    sliceThicknessMm: 1,
    pixel: { rows: 2, columns: 3, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2', planarConfiguration: 0, bitsAllocated: 16, bitsStored: 16, highBit: 15, signed: true, paddingValue: null }, // prettier-ignore
    pixelData: { offset: 0, length: 12, encapsulated: false },
    frames: 1,
    facts: [{ position: [0, 0, k], orientation: [[1, 0, 0], [0, 1, 0]], rescale: { slope: 1, intercept: 0, unit: 'HU' }, pixelSpacing: { mm: [1, 1], basis: 'patient' } }], // prettier-ignore
    pixelAspectRatio: [1, 1],
    windows: [],
    projection: null,
    timing: null,
    lossy: false,
    notes: [],
  };
}
/** Three slices of 3 x 2 pixels, 1 mm apart, value = index in the buffer. */
export const series: Series = {
  key: '2',
  seriesInstanceUID: '2',
  part: null,
  frameOfReferenceUID: '3',
  modality: 'CT',
  description: '',
  number: 1,
  patient: patientFacts,
  study,
  rows: 2,
  columns: 3,
  instances: [instance(0), instance(1), instance(2)],
  frames: [0, 1, 2].map((k) => ({ instance: k, frame: 1 })),
  volume: { dimensions: [3, 2, 3], spacing: [1, 1, 1], origin: [0, 0, 0], direction: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], correction: null }, // prettier-ignore
  why: [],
  pixelSpacing: { mm: [1, 1], basis: 'patient' },
  frameRate: null,
  frameTimes: null,
  notes: [],
};
/** The same in shared memory. */
export function loadedOf(of: Series, whenAll: () => Promise<void> = () => Promise.resolve()): LoadedSeries {
  const data = new Int16Array(new SharedArrayBuffer(2 * 18));
  data.forEach((_, i) => (data[i] = i));
  return {
    series: of,
    data,
    samplesPerPixel: 1,
    unit: 'HU',
    landed: 3,
    has: () => true,
    whenFrame: () => Promise.resolve(),
    whenAll,
    faults: () => new Map(),
    onProgress: () => () => {},
    loadingFraction: 1,
  };
}
export const on = { in: 'patient', frameOfReferenceUID: '3', seriesInstanceUID: '2', part: null } as const;
