import { dicomFile } from './dicomFile.ts';
import { taps } from './paint.ts';
import { random } from './random.ts';
import type { Random } from './random.ts';
import type { SampleCase } from './sampleCase.ts';
import { planTruth, reading, seriesTruth, stations, writeTruth } from './truthFile.ts';
import type { Truth } from './truthFile.ts';
import { common, littleEndian, uids } from './volumeFiles.ts';
import type { Uids } from './volumeFiles.ts';
import * as scene from './xaScene.ts';
import type { FineScene } from './xaScene.ts';

const name = 'xa-iliac';
const title = 'Angiogram: a right iliac artery fills through a 5 French catheter';
const patient = {
  name: 'Sample^Fabio',
  id: 'SELDINGER-XA',
  birthDate: '19490808',
  sex: 'M',
  ageYears: 76,
  weightKg: 77,
  sizeM: 1.74,
} as const;
const study = { date: '20260120', time: '091000', description: 'Pelvic angiography', accession: 'S0007' } as const;
/** Here the agent is past the narrowing, and the patient has not moved yet. */
const measuredFrame = 9;
const xaImageStorage = '1.2.840.10008.5.1.4.1.1.12.1';

export const xa: SampleCase = {
  name,
  title,
  tries: [
    'Play the run (space): four frames without contrast agent come first, then the artery fills from the catheter.',
    'Press Q and click both edges of the catheter: 1.67 mm (5 French). Before that there are no millimetres.',
    'Press S at the narrowing: it is 60 per cent of 7.6 mm, beyond the first branch.',
  ],
  async make(seed, write, { signal, progress, size = 'whole', noise = true, finding = true }) {
    const count = size === 'whole' ? scene.frames : 14;
    const ids = uids(seed, name, 1);
    const fine = scene.fineScene(random(seed, `${name} anatomy`), { bones: size === 'whole' });
    const grain = random(seed, `${name} noise`);
    const { columns, rows } = scene.detector;
    const pixels = new Uint16Array(columns * rows * count);
    const work = new Float32Array(fine.wide * fine.high);
    for (let frame = 1; frame <= count; frame++) {
      signal?.throwIfAborted();
      const counts = exposure(fine, work, frame, finding);
      for (let i = 0; i < counts.length; i++) {
        const clean = counts[i] ?? 0;
        const value = noise ? clean + Math.sqrt(scene.noiseGain * clean) * bell(grain) : clean;
        pixels[(frame - 1) * counts.length + i] = Math.max(0, Math.min(4095, Math.round(value)));
      }
      progress?.(frame / (count + 1));
      // Frames are computed without a pause: here others get their turn.
      await Promise.resolve();
    }
    await write('run-01.dcm', file(ids, pixels, count));
    await writeTruth(write, truth(seed, ids, count, noise));
    progress?.(1);
  },
};

/** Six even numbers: near enough a bell, and exact on every engine. */
function bell({ integer }: Random): number {
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += integer();
  return (sum / 2 ** 32 - 3) * Math.SQRT2;
}

/** Counts of one frame without noise: Beer-Lambert, then the blur of the intensity, then the box of the pixel. */
function exposure(fine: FineScene, work: Float32Array, frame: number, filled: boolean): Float32Array {
  const { wide, high, transmitted, blood } = fine;
  const seconds = ((frame - 1) * scene.frameMs) / 1000;
  work.set(transmitted);
  if (filled) {
    for (let i = 0; i < blood.index.length; i++) {
      const full = scene.filling(seconds, blood.station[i] ?? 0);
      if (full <= 0) continue;
      const index = blood.index[i] ?? 0;
      work[index] = (work[index] ?? 0) * Math.exp(-scene.attenuation.contrast * full * (blood.chordMm[i] ?? 0));
    }
  }
  const n = scene.finePerPixel;
  const [dx, dy] = scene.motionPixels(frame);
  const alongX = taps(1, 1 / n, scene.blurSigmaPixels, dx);
  const alongY = taps(1, 1 / n, scene.blurSigmaPixels, dy);
  const { columns, rows } = scene.detector;
  const left = scene.marginPixels * n + alongX.first;
  const top = scene.marginPixels * n + alongY.first;
  const narrow = new Float32Array(high * columns);
  for (let y = 0; y < high; y++) {
    for (let c = 0; c < columns; c++) {
      const from = y * wide + left + c * n;
      let sum = 0;
      for (let t = 0; t < alongX.weights.length; t++) sum += (alongX.weights[t] ?? 0) * (work[from + t] ?? 0);
      narrow[y * columns + c] = sum;
    }
  }
  const counts = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let t = 0; t < alongY.weights.length; t++) {
      const weight = scene.openCounts * (alongY.weights[t] ?? 0);
      const from = (top + r * n + t) * columns;
      for (let c = 0; c < columns; c++)
        counts[r * columns + c] = (counts[r * columns + c] ?? 0) + weight * (narrow[from + c] ?? 0);
    }
  }
  return counts;
}

function file(ids: Uids, pixels: Uint16Array, count: number): Uint8Array {
  const { columns, rows, pixelMm, sourceToDetectorMm, sourceToPatientMm } = scene.detector;
  const instance = ids.instances[0] ?? '';
  return dicomFile(xaImageStorage, instance, [
    ...common(patient, study, xaImageStorage, instance, ids),
    ['00080008', 'CS', 'ORIGINAL\\PRIMARY\\SINGLE PLANE'],
    ['00080060', 'CS', 'XA'],
    ['0008103E', 'LO', 'Right iliac run, 4 frames/s'],
    ['00082142', 'IS', 1],
    ['00082143', 'IS', count],
    ['00082144', 'IS', 4],
    ['00180010', 'LO', 'Iodinated contrast agent'],
    ['00180015', 'CS', 'PELVIS'],
    ['00180040', 'IS', 4],
    ['00180060', 'DS', 77],
    ['00181030', 'LO', 'DSA pelvis 4 per second'],
    ['00181065', 'DS', Array.from({ length: count }, (_, i) => (i === 0 ? 0 : scene.frameMs))],
    ['00181110', 'DS', sourceToDetectorMm],
    ['00181111', 'DS', sourceToPatientMm],
    ['00181114', 'DS', Math.round((1e6 * sourceToDetectorMm) / sourceToPatientMm) / 1e6],
    ['00181147', 'CS', 'RECTANGLE'],
    ['00181149', 'IS', [Math.round(rows * pixelMm), Math.round(columns * pixelMm)]],
    ['00181150', 'IS', 60],
    ['00181151', 'IS', 420],
    ['00181152', 'IS', 25],
    ['00181154', 'DS', 60],
    ['00181155', 'CS', 'GR'],
    ['0018115A', 'CS', 'PULSED'],
    ['00181164', 'DS', [pixelMm, pixelMm]],
    ['00181500', 'CS', 'STATIC'],
    ['00181510', 'DS', 0],
    ['00181511', 'DS', 0],
    ['00200011', 'IS', 1],
    ['00200013', 'IS', 1],
    ['00200020', 'CS', 'L\\F'],
    ['00280002', 'US', 1],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280008', 'IS', count],
    ['00280009', 'AT', '00181065'],
    ['00280010', 'US', rows],
    ['00280011', 'US', columns],
    ['00280100', 'US', 16],
    ['00280101', 'US', 12],
    ['00280102', 'US', 11],
    ['00280103', 'US', 0],
    ['00281040', 'CS', 'LIN'],
    ['00281050', 'DS', 1500],
    ['00281051', 'DS', 2400],
    ['00281090', 'CS', 'SUB'],
    ['00286010', 'US', measuredFrame],
    [
      '00286100',
      'SQ',
      [
        [
          ['00286101', 'CS', 'AVG_SUB'],
          ['00286110', 'US', [...scene.maskFrames]],
        ],
      ],
    ],
    ['7FE00010', 'OW', littleEndian(pixels)],
  ]);
}

function truth(seed: number, ids: Uids, count: number, noise: boolean): Truth {
  const { artery, catheter, pixelsPerMm, detector } = scene;
  const { atPixels, lengthPixels, stenosisPercent } = artery.narrowing;
  const flat = (axis: { at(station: number): readonly number[] }, station: number): number[] => [
    axis.at(station)[0] ?? 0,
    axis.at(station)[1] ?? 0,
  ];
  const times = Array.from({ length: count }, (_, i) => i + 1);
  const length10 = (lengthPixels * Math.acos(20 / stenosisPercent - 1)) / Math.PI;
  const minimum = scene.arteryDiameterMm(atPixels);
  const frame = measuredFrame;
  const across = (station: number, diameterPixels: number): number[][] => {
    const [x = 0, y = 0] = flat(artery.axis, station);
    const [tx, ty] = artery.axis.tangent(station);
    const half = diameterPixels / 2;
    return [
      [x - ty * half, y + tx * half],
      [x + ty * half, y - tx * half],
    ];
  };
  const px = (station: number): number => scene.arteryDiameterMm(station) * pixelsPerMm;
  const place = (station: number): number[][] => across(station, px(station));
  return {
    case: name,
    title,
    seed,
    coordinates:
      'pixels of the detector in the first frame, [column, row], [0, 0] at the centre of the first pixel; stations in px',
    series: seriesTruth(ids),
    image: {
      columns: detector.columns,
      rows: detector.rows,
      frames: count,
      frameTime: scene.frameMs,
      blurSigma: scene.blurSigmaPixels,
      noiseGain: noise ? scene.noiseGain : 0,
      openCounts: scene.openCounts,
      attenuation: scene.attenuation,
    },
    geometry: {
      imagerPixelSpacing: detector.pixelMm,
      sourceToDetector: detector.sourceToDetectorMm,
      sourceToPatient: detector.sourceToPatientMm,
      magnification: detector.sourceToDetectorMm / detector.sourceToPatientMm,
      millimetresPerPixel: 1 / pixelsPerMm,
    },
    artery: {
      side: 'R',
      centreline: stations(32, 600, 4, (station) => ({
        station,
        point: flat(artery.axis, station),
        diameter: px(station),
        diameterMm: scene.arteryDiameterMm(station),
      })).filter(({ station }) => station <= artery.axis.lengthMm),
      referenceDiameter: px(0),
      referenceDiameterMm: artery.diameterMm,
      minimumLumenDiameter: minimum * pixelsPerMm,
      minimumLumenDiameterMm: minimum,
      diameterStenosis: stenosisPercent,
      areaStenosis: 100 * (1 - (1 - stenosisPercent / 100) ** 2),
      densitometricAreaStenosis: 100 * (1 - (1 - stenosisPercent / 100) ** 2),
      minimumPosition: atPixels,
      lesionThreshold: 10,
      lesionStart: atPixels - length10 / 2,
      lesionEnd: atPixels + length10 / 2,
      lesionLength: length10,
      lesionLengthWhole: lengthPixels,
    },
    branches: scene.branches.map(({ leavesAt, diameterMm, axis }) => ({
      leavesAt,
      diameterAtStartMm: diameterMm,
      centreline: stations(0, axis.lengthMm, 10, (station) => flat(axis, station)),
    })),
    catheter: {
      french: catheter.french,
      width: catheter.diameterMm * pixelsPerMm,
      widthMm: catheter.diameterMm,
      centreline: stations(40, catheter.axis.lengthMm, 4, (station) => flat(catheter.axis, station)),
      tip: flat(catheter.axis, catheter.axis.lengthMm),
    },
    maskFrames: scene.maskFrames,
    motion: times.map((one) => ({ frame: one, columns: scene.motionPixels(one)[0], rows: scene.motionPixels(one)[1] })),
    filling: times.map((one) => ({
      frame: one,
      atNarrowing: scene.filling(((one - 1) * scene.frameMs) / 1000, atPixels),
    })),
    plan: planTruth(name, title, seed, {
      stenosis: {
        type: 'item',
        kind: 'stenosis',
        label: 'Right iliac artery',
        order: 1,
        side: 'R',
        on: {
          in: 'image',
          seriesInstanceUID: ids.series,
          sopInstanceUID: ids.instances[0] ?? '',
          frame,
          derived: null,
        },
        lesion: place(atPixels),
        references: [place(atPixels - 70), place(atPixels + 70)],
        options: { territory: 'artery' },
      },
    }),
    expected: {
      stenosis: {
        minimumLumenDiameter: reading(px(atPixels), 'px'),
        referenceDiameter: reading(px(0), 'px'),
        diameterStenosis: reading(stenosisPercent, '%'),
      },
    },
  };
}
