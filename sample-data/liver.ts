import { along, distance, dot, normalize, subtract } from '../src/geometry/index.ts';
import type { LpsMm } from '../src/geometry/index.ts';
import { ctSeries } from './ctFiles.ts';
import { liverHu, liverParts, nearVein, tumour } from './liverScene.ts';
import { upright } from './paint.ts';
import type { Blur, Stack } from './paint.ts';
import type { SampleCase } from './sampleCase.ts';
import { tissue } from './spine.ts';
import { ellipsoidVolumeMl, imageTruth, itemsOn, planTruth, reading, seriesTruth, writeTruth } from './truthFile.ts';
import type { Truth } from './truthFile.ts';
import { sliceFiles, uids, writeVolume } from './volumeFiles.ts';
import type { Uids } from './volumeFiles.ts';

const name = 'liver-tumour';
const title = 'Liver CT: a tumour between ribs, a vein and the lung base';
const patient = {
  name: 'Sample^Clara',
  id: 'SELDINGER-LIVER',
  birthDate: '19610903',
  sex: 'F',
  ageYears: 64,
  weightKg: 68,
  sizeM: 1.66,
} as const;
const study = {
  date: '20260112',
  time: '142000',
  description: 'CT liver, portal venous phase',
  accession: 'S0003',
} as const;
const whole: Stack = {
  dimensions: [448, 448, 84],
  spacingMm: [0.8, 0.8, 1.5],
  origin: [-178.8, -163.2, -52],
  directions: upright,
};
const small: Stack = {
  dimensions: [80, 70, 44],
  spacingMm: [0.8, 0.8, 1.5],
  origin: [-115.6, -21.2, -24],
  directions: upright,
};
const blur: Blur = { sigmaMm: 0.65, samplesPerPixel: 2, samplesPerSlice: 2 };
const noiseHu = 13;
/** On the skin; from here to the tumour no rib, lung or vessel comes within 3 mm. */
const entry: LpsMm = [-165.6, 30, -13];
const needle = { lengthMm: 150, diameterMm: 1.8 };
const zone = { lengthMm: 46, widthMm: 40, tipToCentreMm: 16 };

export const liver: SampleCase = {
  name,
  title,
  tries: [
    'Press E and mark the tumour (34 x 25 x 28 mm); read its volume and mean HU.',
    'Press N: plan a needle from the right flank, between the ribs and below the lung, past the hepatic vein.',
    'Press Z: place an ablation zone at the needle and read the least margin.',
  ],
  async make(seed, write, { signal, progress, size = 'whole', noise = true, finding = true }) {
    const stack = size === 'whole' ? whole : small;
    const slices = stack.dimensions[2];
    const ids = uids(seed, name, slices);
    let done = 0;
    const series = ctSeries({
      parts: liverParts(seed, { contrast: finding }),
      stack,
      blur,
      noiseHu: noise ? noiseHu : 0,
      text: {
        description: 'Portal venous phase 1.5 mm',
        protocol: 'Liver portal venous',
        bodyPart: 'LIVER',
        kernel: 'SOFT',
        number: 3,
        windows: [
          [90, 220, 'LIVER'],
          [40, 400, 'ABDOMEN'],
        ],
        kilovolts: 120,
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
  const item = itemsOn(ids);
  const volume = ellipsoidVolumeMl(tumour.semiAxesMm);
  const [a, b, c] = tumour.semiAxesMm;
  const advance = normalize(subtract(tumour.centre, entry));
  const depth = distance(entry, tumour.centre);
  const veinAxis = normalize(subtract(nearVein.to, nearVein.from));
  const out = subtract(tumour.centre, nearVein.from);
  const nearest = along(nearVein.from, veinAxis, dot(out, veinAxis));
  return {
    case: name,
    title,
    seed,
    coordinates: 'patient space, DICOM LPS, mm',
    series: seriesTruth(ids),
    image: imageTruth(stack, blur.sigmaMm, noise),
    hounsfield: { ...liverHu, fat: tissue.fat, muscle: tissue.muscle },
    tumour: {
      side: 'R',
      centre: tumour.centre,
      semiAxes: tumour.semiAxesMm,
      axes: tumour.axes,
      volume,
      longestDiameter3d: 2 * Math.max(a, b, c),
      contrast: liverHu.tumour - liverHu.liver,
    },
    hepaticVein: {
      from: nearVein.from,
      to: nearVein.to,
      diameter: nearVein.diameterMm,
      nearestToTumourCentre: nearest,
      fromTumourCentreToAxis: distance(nearest, tumour.centre),
    },
    needle: {
      entry,
      target: tumour.centre,
      depth,
      direction: advance,
      length: needle.lengthMm,
      diameter: needle.diameterMm,
    },
    plan: planTruth(name, title, seed, {
      tumour: {
        ...item('region', 'Tumour', 'R'),
        ellipsoid: { centre: tumour.centre, semiAxes: tumour.semiAxesMm, axes: tumour.axes },
      },
      needle: {
        ...item('trajectory', 'Needle', 'R'),
        entry,
        target: tumour.centre,
        options: { needleLength: needle.lengthMm, device: { diameter: needle.diameterMm } },
      },
      zone: {
        ...item('ablation', 'Ablation zone', 'R'),
        applicators: [
          {
            tip: along(tumour.centre, advance, zone.tipToCentreMm),
            direction: advance,
            zone: { length: zone.lengthMm, width: zone.widthMm, tipToCentre: zone.tipToCentreMm },
          },
        ],
        target: 'tumour',
        requiredMargin: 5,
        critical: [],
      },
    }),
    expected: {
      tumour: {
        volume: reading(volume, 'mL'),
        longestDiameter3d: reading(2 * Math.max(a, b, c), 'mm'),
        mean: reading(blurredMeanHu(stack), 'HU', 1),
      },
      needle: {
        depth: reading(depth, 'mm'),
        remaining: reading(needle.lengthMm - depth, 'mm'),
        axialAngle: reading((Math.atan2(advance[0], advance[1]) * 180) / Math.PI, 'deg'),
        craniocaudalAngle: reading((Math.asin(advance[2]) * 180) / Math.PI, 'deg'),
      },
      zone: {
        zoneVolume: reading(
          ellipsoidVolumeMl([zone.lengthMm / 2, zone.widthMm / 2, zone.widthMm / 2]),
          'mL',
          0.005 * ellipsoidVolumeMl([zone.lengthMm / 2, zone.widthMm / 2, zone.widthMm / 2]),
        ),
        targetVolume: reading(volume, 'mL', 0.005 * volume),
        coverage: reading(100, '%', 0.5),
      },
    },
  };
}

/**
 * What the voxels inside the tumour's surface read on average: at a blurred edge the rim takes in some of the liver,
 * of first order contrast x surface x sigma / (sqrt(2 pi) x volume). Surface by Thomsen's formula, within 1 %.
 */
function blurredMeanHu({ spacingMm }: Stack): number {
  const [a, b, c] = tumour.semiAxesMm;
  const p = 1.6075;
  const surface = 4 * Math.PI * (((a * b) ** p + (a * c) ** p + (b * c) ** p) / 3) ** (1 / p);
  const box = spacingMm.reduce((sum, mm) => sum + (mm * mm) / 12, 0) / 3;
  const rim = (surface * Math.hypot(blur.sigmaMm, Math.sqrt(box))) / Math.sqrt(2 * Math.PI);
  return liverHu.tumour + ((liverHu.liver - liverHu.tumour) * rim) / (1000 * ellipsoidVolumeMl([a, b, c]));
}
