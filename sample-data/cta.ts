import { arteryTruth, stenosisTruth } from './arteryTruth.ts';
import { ctSeries } from './ctFiles.ts';
import {
  branch,
  branchAtMm,
  branchDiameterMm,
  ctaHu,
  ctaParts,
  iliac,
  plaque,
  vein,
  veinDiameterMm,
} from './ctaScene.ts';
import { tissue } from './spine.ts';
import { upright } from './paint.ts';
import type { Blur, Stack } from './paint.ts';
import type { SampleCase } from './sampleCase.ts';
import { imageTruth, itemsOn, planTruth, seriesTruth, stations, writeTruth } from './truthFile.ts';
import type { Truth } from './truthFile.ts';
import { calciumVolumeMl } from './vesselWall.ts';
import { sliceFiles, uids, writeVolume } from './volumeFiles.ts';
import type { Uids } from './volumeFiles.ts';

const name = 'cta-iliac';
const title = 'CT angiogram: a narrowed right iliac artery with calcium';
const patient = {
  name: 'Sample^Bruno',
  id: 'SELDINGER-CTA',
  birthDate: '19520417',
  sex: 'M',
  ageYears: 73,
  weightKg: 81,
  sizeM: 1.77,
} as const;
const study = { date: '20260115', time: '101500', description: 'CTA abdomen and pelvis', accession: 'S0002' } as const;
const whole: Stack = {
  dimensions: [448, 448, 110],
  spacingMm: [0.8, 0.8, 1],
  origin: [-178.8, -165.2, -60],
  directions: upright,
};
const small: Stack = {
  dimensions: [80, 70, 62],
  spacingMm: [0.8, 0.8, 1],
  origin: [-66.8, -21.2, -56],
  directions: upright,
};
const blur: Blur = { sigmaMm: 0.55, samplesPerPixel: 2, samplesPerSlice: 2 };
const noiseHu = 17;

/** Between these stations along the axis the artery lies in the stack. */
const [startMm, endMm] = [16, 140];

export const cta: SampleCase = {
  name,
  title,
  tries: [
    'Open MPR and press T for a slab: the MIP shows the right iliac artery in one picture.',
    'The narrowing behind the calcium is 65 per cent and lies off-centre: press S and measure it.',
    'The calcium hides how tight it is: compare what the axial, coronal and sagittal planes show of it.',
  ],
  async make(seed, write, { signal, progress, size = 'whole', noise = true, finding = true }) {
    const stack = size === 'whole' ? whole : small;
    const slices = stack.dimensions[2];
    const ids = uids(seed, name, slices);
    let done = 0;
    const series = ctSeries({
      parts: ctaParts(seed, { contrast: finding }),
      stack,
      blur,
      noiseHu: noise ? noiseHu : 0,
      text: {
        description: 'Arterial phase 1.0 mm',
        protocol: 'CTA abdomen pelvis',
        bodyPart: 'ABDOMEN',
        kernel: 'SOFT',
        number: 2,
        windows: [
          [200, 700, 'CTA'],
          [40, 400, 'ABDOMEN'],
        ],
        kilovolts: 100,
        contrast: 'Iodinated contrast agent',
      },
    });
    await writeVolume(
      series,
      { patient, study, uids: ids },
      { seed, noiseStream: name, ...(signal ? { signal } : {}) },
      sliceFiles(write, '', () => progress?.(++done / (slices + 1))),
    );
    signal?.throwIfAborted();
    await writeTruth(write, truth(seed, ids, stack, noise ? noiseHu : 0));
    progress?.(1);
  },
};

function truth(seed: number, ids: Uids, stack: Stack, noise: number): Truth {
  const { axis } = iliac;
  const stenosis = stenosisTruth(iliac, 16);
  const item = itemsOn(ids);
  return {
    case: name,
    title,
    seed,
    coordinates: 'patient space, DICOM LPS, mm; stations in mm along the axis of the artery',
    series: seriesTruth(ids),
    image: imageTruth(stack, blur.sigmaMm, noise),
    hounsfield: { ...ctaHu, fat: tissue.fat, muscle: tissue.muscle },
    artery: arteryTruth(
      { artery: iliac, startMm, endMm, volumeAroundMm: 20 },
      {
        shape: 'across the axis the lumen is a circle; in the narrowing it is smaller and touches the wall in front',
        side: 'R',
      },
    ),
    calcium: {
      position: plaque.atMm,
      length: plaque.lengthMm,
      innerRadius: plaque.innerRadiusMm,
      outerRadius: plaque.outerRadiusMm,
      angle: 2 * plaque.halfAngleDeg,
      direction: axis.side(plaque.atMm).map((value) => -value),
      volume: calciumVolumeMl(iliac, plaque),
    },
    sideBranch: {
      name: 'right internal iliac artery',
      leavesAt: branchAtMm,
      diameter: branchDiameterMm,
      centreline: stations(0, branch.lengthMm, 2, (station) => ({ station, point: branch.at(station) })),
    },
    vein: {
      name: 'right iliac vein',
      diameter: veinDiameterMm,
      // Wider above, where it opens into the inferior vena cava.
      centreline: stations(32, vein.lengthMm, 2, (station) => ({ station, point: vein.at(station) })),
    },
    plan: planTruth(name, title, seed, {
      stenosis: {
        ...item('stenosis', 'Right external iliac artery', 'R'),
        ...stenosis.fields,
      },
    }),
    expected: { stenosis: stenosis.expected },
  };
}
