import { chestHu, chestParts, nodule } from './chestScene.ts';
import type { ChestDate } from './chestScene.ts';
import { ctSeries } from './ctFiles.ts';
import { upright } from './paint.ts';
import type { Blur, Stack } from './paint.ts';
import type { SampleCase } from './sampleCase.ts';
import { ellipsoidVolumeMl, imageTruth, itemsOn, planTruth, reading, seriesTruth, writeTruth } from './truthFile.ts';
import { sliceFiles, uids, writeVolume } from './volumeFiles.ts';

const name = 'chest-nodule';
const title = 'Chest CT with its prior: a growing nodule in the right lung';
const patient = {
  name: 'Sample^Dario',
  id: 'SELDINGER-CHEST',
  birthDate: '19571130',
  sex: 'M',
  ageYears: 68,
  weightKg: 79,
  sizeM: 1.79,
} as const;
const apartDays = 84;
/** Each date has its own position on the couch: the prior's coordinates are the patient's less this, LPS mm. */
const dates = {
  now: { folder: 'now', date: '20260119', time: '110500', accession: 'S0005', moved: [0, 0, 0] },
  prior: { folder: 'prior', date: '20251027', time: '083000', accession: 'S0004', moved: [3, -2, 6] },
} as const;
const whole: Stack = {
  dimensions: [384, 384, 80],
  spacingMm: [0.92, 0.92, 1.25],
  origin: [-176.2, -166.2, -58],
  directions: upright,
};
const small: Stack = {
  dimensions: [44, 44, 32],
  spacingMm: [0.92, 0.92, 1.25],
  origin: [-97.8, -9.8, -34],
  directions: upright,
};
const blur: Blur = { sigmaMm: 0.5, samplesPerPixel: 2, samplesPerSlice: 2 };
const noiseHu = 26;

export const chest: SampleCase = {
  name,
  title,
  tries: [
    'Find the nodule in the right lung, 9 mm long, and measure its two axes (lung window).',
    'Press C to compare with the scan 84 days before: it was 6.6 mm.',
    'Mark it on both dates with E; from the two volumes the doubling time is 58 days.',
  ],
  async make(seed, write, { signal, progress, size = 'whole', noise = true, finding = true }) {
    const base = size === 'whole' ? whole : small;
    const slices = base.dimensions[2];
    const told = [];
    let done = 0;
    for (const key of ['now', 'prior'] satisfies ChestDate[]) {
      const { folder, date, time, accession, moved } = dates[key];
      // The anatomy stays where it is; the stack is placed so that its corner has the same coordinates on both dates.
      const parts = chestParts(seed, key, { contrast: finding });
      const stack: Stack = {
        ...base,
        origin: [base.origin[0] + moved[0], base.origin[1] + moved[1], base.origin[2] + moved[2]],
      };
      const ids = uids(seed, `${name} ${key}`, slices);
      const series = ctSeries({
        parts,
        stack,
        blur,
        noiseHu: noise ? noiseHu : 0,
        text: {
          description: 'Chest 1.25 mm lung',
          protocol: 'Chest without contrast',
          bodyPart: 'CHEST',
          kernel: 'LUNG',
          number: 2,
          windows: [
            [-600, 1500, 'LUNG'],
            [50, 350, 'MEDIASTINUM'],
          ],
          kilovolts: 120,
        },
      });
      const study = { date, time, description: 'CT chest', accession };
      const older = key === 'prior' ? { ...patient, ageYears: patient.ageYears - 1 } : patient;
      await writeVolume(
        series,
        { patient: older, study, uids: ids },
        { seed, noiseStream: `${name} ${key}`, ...(signal ? { signal } : {}) },
        sliceFiles(write, `${folder}/`, () => progress?.(++done / (2 * slices + 1))),
      );
      const [a, b, c] = nodule.semiAxesMm[key];
      told.push({
        key,
        date,
        ids,
        semiAxes: [a, b, c] as const,
        truth: {
          date: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
          folder,
          series: seriesTruth(ids),
          image: imageTruth(stack, blur.sigmaMm, noise ? noiseHu : 0),
          nodule: {
            side: 'R',
            centre: nodule.centre,
            semiAxes: [a, b, c],
            axes: nodule.axes,
            volume: ellipsoidVolumeMl([a, b, c]),
            longAxis: 2 * a,
            shortAxis: 2 * b,
            height: 2 * c,
          },
        },
      });
    }
    signal?.throwIfAborted();
    const volume = (key: ChestDate): number => ellipsoidVolumeMl([...nodule.semiAxesMm[key]]);
    const records: Record<string, object> = {};
    const expected: Record<string, object> = {};
    for (const { key, ids, semiAxes } of told) {
      records[key] = {
        ...itemsOn(ids)('region', key === 'now' ? 'Nodule' : 'Nodule, prior', 'R'),
        ellipsoid: { centre: nodule.centre, semiAxes, axes: nodule.axes },
      };
      expected[key] = {
        volume: reading(volume(key), 'mL'),
        longestDiameter3d: reading(2 * semiAxes[0], 'mm'),
      };
    }
    await writeTruth(write, {
      case: name,
      title,
      seed,
      coordinates: 'patient space, DICOM LPS, mm; each date has its own frame of reference',
      series: told[0]?.truth.series,
      hounsfield: chestHu,
      intervalDays: apartDays,
      doublingTimeDays: (apartDays * Math.LN2) / Math.log(volume('now') / volume('prior')),
      dates: Object.fromEntries(told.map(({ key, truth }) => [key, truth])),
      plan: planTruth(name, title, seed, records),
      expected,
    });
    progress?.(1);
  },
};
