import type { Part } from './body.ts';
import type { Element } from './dicomFile.ts';
import type { Blur, Stack } from './paint.ts';
import type { VolumeSeries } from './volumeFiles.ts';

const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';

/** A CT series: stored values are unsigned 12 bit, HU + 1024, as scanners do. */
export function ctSeries({
  parts,
  stack,
  blur,
  noiseHu,
  text,
}: {
  readonly parts: readonly Part[];
  readonly stack: Stack;
  readonly blur: Blur;
  readonly noiseHu: number;
  readonly text: {
    readonly description: string;
    readonly protocol: string;
    readonly bodyPart: string;
    readonly kernel: string;
    readonly number: number;
    /** Centre and width, the first for opening, with what each shows. */
    readonly windows: readonly (readonly [centre: number, width: number, shows: string])[];
    readonly kilovolts: number;
    readonly contrast?: string;
  };
}): VolumeSeries {
  const [columns] = stack.dimensions;
  const same: Element[] = [
    ['00080008', 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    ['00080060', 'CS', 'CT'],
    ['0008103E', 'LO', text.description],
    ...(text.contrast === undefined ? [] : [['00180010', 'LO', text.contrast] satisfies Element]),
    ['00180015', 'CS', text.bodyPart],
    ['00180022', 'CS', 'HELICAL MODE'],
    ['00180060', 'DS', text.kilovolts],
    ['00180088', 'DS', stack.spacingMm[2]],
    ['00180090', 'DS', 500],
    ['00181030', 'LO', text.protocol],
    ['00181100', 'DS', Math.round(columns * stack.spacingMm[0] * 1000) / 1000],
    ['00181120', 'DS', 0],
    ['00181140', 'CS', 'CW'],
    ['00181151', 'IS', 240],
    ['00181210', 'SH', text.kernel],
    ['00200011', 'IS', text.number],
    ['00200012', 'IS', 1],
    ['00281050', 'DS', text.windows.map(([centre]) => centre)],
    ['00281051', 'DS', text.windows.map(([, width]) => width)],
    ['00281055', 'LO', text.windows.map(([, , shows]) => shows).join('\\')],
    ['00281052', 'DS', -1024],
    ['00281053', 'DS', 1],
    ['00281054', 'LO', 'HU'],
  ];
  return {
    parts,
    background: -1000,
    stack,
    blur,
    noise: noiseHu,
    magnitude: false,
    sopClass: ctImageStorage,
    intercept: -1024,
    elements: () => same,
  };
}
