import type { LpsMm } from '../src/geometry/index.ts';
import { arteryTruth, stenosisTruth } from './arteryTruth.ts';
import {
  directions,
  geniculate,
  geniculateAtMm,
  geniculateDiameterMm,
  mrParts,
  mrSignal,
  popliteal,
} from './mrScene.ts';
import type { Blur, Stack } from './paint.ts';
import type { SampleCase } from './sampleCase.ts';
import { imageTruth, itemsOn, planTruth, seriesTruth, stations, writeTruth } from './truthFile.ts';
import type { Truth } from './truthFile.ts';
import { sliceFiles, uids, writeVolume } from './volumeFiles.ts';
import type { Uids } from './volumeFiles.ts';

const name = 'mra-oblique';
const title = 'MR angiogram, oblique: a narrowed left popliteal artery';
const patient = {
  name: 'Sample^Elena',
  id: 'SELDINGER-MRA',
  birthDate: '19580622',
  sex: 'F',
  ageYears: 67,
  weightKg: 64,
  sizeM: 1.63,
} as const;
const study = { date: '20260113', time: '154500', description: 'MR angiogram left leg', accession: 'S0006' } as const;
const whole = stackAround([80, 12, 10], [208, 288, 112], [0.8, 0.8, 1]);
const small = stackAround([85, 26, 12], [60, 70, 40], [0.8, 0.8, 1]);
const blur: Blur = { sigmaMm: 0.5, samplesPerPixel: 2, samplesPerSlice: 2 };
const noiseSignal = 16;
const [startMm, endMm] = [24, 220];

export const mr: SampleCase = {
  name,
  title,
  tries: [
    'The slices are turned two ways: follow the bright artery from the thigh to the knee with the wheel.',
    'Open MPR: the planes stand true to the patient; press T for a slab (MIP) of the whole artery.',
    'Press S and measure the narrowing above the knee: it is 55 per cent of 6 mm.',
  ],
  async make(seed, write, { signal, progress, size = 'whole', noise = true, finding = true }) {
    const stack = size === 'whole' ? whole : small;
    const slices = stack.dimensions[2];
    const ids = uids(seed, name, slices);
    let done = 0;
    await writeVolume(
      {
        parts: mrParts(seed, { contrast: finding }),
        background: mrSignal.air,
        stack,
        blur,
        noise: noise ? noiseSignal : 0,
        magnitude: true,
        sopClass: '1.2.840.10008.5.1.4.1.1.4',
        intercept: 0,
        elements: () => [
          ['00080008', 'CS', 'ORIGINAL\\PRIMARY\\OTHER'],
          ['00080060', 'CS', 'MR'],
          ['0008103E', 'LO', 'Angiogram oblique coronal 3D'],
          ['00180010', 'LO', 'Gadolinium contrast agent'],
          ['00180015', 'CS', 'LEG'],
          ['00180020', 'CS', 'GR'],
          ['00180021', 'CS', 'SP'],
          ['00180022', 'CS', ''],
          ['00180023', 'CS', '3D'],
          ['00180024', 'SH', 'angio_3d'],
          ['00180080', 'DS', 3.6],
          ['00180081', 'DS', 1.3],
          ['00180083', 'DS', 1],
          ['00180084', 'DS', 63.87],
          ['00180085', 'SH', '1H'],
          ['00180087', 'DS', 1.5],
          ['00180088', 'DS', stack.spacingMm[2]],
          ['00180091', 'IS', 1],
          ['00181030', 'LO', 'MRA leg with contrast'],
          ['00181314', 'DS', 25],
          ['00200011', 'IS', 4],
          ['00200012', 'IS', 1],
          ['00200060', 'CS', 'L'],
          ['00281050', 'DS', 520],
          ['00281051', 'DS', 1100],
        ],
      },
      { patient, study, uids: ids },
      { seed, noiseStream: name, ...(signal ? { signal } : {}) },
      sliceFiles(write, '', () => progress?.(++done / (slices + 1))),
    );
    signal?.throwIfAborted();
    await writeTruth(write, truth(seed, ids, stack, noise ? noiseSignal : 0));
    progress?.(1);
  },
};

/** A stack whose middle lies there. */
function stackAround(middle: LpsMm, dimensions: Stack['dimensions'], spacingMm: Stack['spacingMm']): Stack {
  const origin = [0, 1, 2].map((axis) => {
    let at = middle[axis] ?? 0;
    for (const d of [0, 1, 2] as const) at -= ((dimensions[d] - 1) / 2) * spacingMm[d] * (directions[d][axis] ?? 0);
    return Math.round(at * 1e6) / 1e6;
  });
  return { dimensions, spacingMm, origin: [origin[0] ?? 0, origin[1] ?? 0, origin[2] ?? 0], directions };
}

function truth(seed: number, ids: Uids, stack: Stack, noise: number): Truth {
  const stenosis = stenosisTruth(popliteal, 18);
  return {
    case: name,
    title,
    seed,
    coordinates: 'patient space, DICOM LPS, mm; stations in mm along the axis of the artery',
    series: seriesTruth(ids),
    image: imageTruth(stack, blur.sigmaMm, noise),
    signal: mrSignal,
    artery: arteryTruth(
      { artery: popliteal, startMm, endMm, volumeAroundMm: 15 },
      {
        shape: 'across the axis the lumen is a circle; in the narrowing it is smaller and touches the wall on one side',
        side: 'L',
      },
    ),
    sideBranch: {
      name: 'medial superior genicular artery',
      leavesAt: geniculateAtMm,
      diameter: geniculateDiameterMm,
      centreline: stations(0, geniculate.lengthMm, 2, (station) => ({ station, point: geniculate.at(station) })),
    },
    plan: planTruth(name, title, seed, {
      stenosis: {
        ...itemsOn(ids)('stenosis', 'Left popliteal artery', 'L'),
        ...stenosis.fields,
      },
    }),
    expected: { stenosis: stenosis.expected },
  };
}
