import { ctTubeScene } from './ctTubeScene.ts';
import { ctTubeTruth } from './ctTubeTruth.ts';
import { ctSliceFile, seriesUids } from './ctSeries.ts';
import { random } from './random.ts';
import type { SampleCase } from './sampleCase.ts';
import { scanSlices } from './scanner.ts';

const name = 'ct-tube';
const title = 'CT: a bent artery with a narrowing, beside a tumour';
const patient = { name: 'Sample^Ada', id: 'SELDINGER-CT-TUBE', birthDate: '19600229', sex: 'F', ageYears: 65 } as const;
const study = {
  date: '20260115',
  time: '093000',
  description: 'Invented CT with known truth',
  series: 'Arterial phase 0.8 mm',
  bodyPart: 'ABDOMEN',
  window: [120, 500],
} as const;

/** The first sample case: everything that the first five kinds measure, with its truth. */
export const ctTube: SampleCase = {
  name,
  title,
  tries: [
    'Measure the narrowing of the bright artery: it is 60 per cent of 6 mm.',
    'Put a region of interest on the tumour, 18 mm across, and plan a needle to its centre past the cyst.',
    'Place an ablation zone of 32 mm at the needle and read the margin it leaves.',
  ],
  async make(seed, write, { signal, progress }) {
    const { grid, optics, solids, airHu, noiseHu } = ctTubeScene;
    const uids = seriesUids(name, seed);
    const noise = random(seed, `${name} noise`);
    const slices = grid.dimensions[2];
    const encoder = new TextEncoder();
    let slice = 0;
    for (const hu of scanSlices(solids, airHu, grid, optics)) {
      signal?.throwIfAborted();
      for (let i = 0; i < hu.length; i++) hu[i] = (hu[i] ?? 0) + noiseHu * noise.normal();
      const file = ctSliceFile({ hu, slice, grid, uids, patient, study });
      await write(`slice-${String(slice + 1).padStart(3, '0')}.dcm`, file);
      slice += 1;
      progress?.(slice / (slices + 1));
    }
    signal?.throwIfAborted();
    const truth = ctTubeTruth({ name, title, seed, uids });
    await write('truth.json', encoder.encode(`${JSON.stringify(truth, null, 1)}\n`));
    progress?.(1);
  },
};
