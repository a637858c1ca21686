import type { Series } from '../../src/dicom/index.ts';
import { shownSeries, studyList, type Layout } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { bestSeries, possibleLayout, showSeries } from './showing.ts';

/** A piece of work: how its images are hung, and the tool it begins with. */
export interface Job {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly layout: Layout;
  /** Kinds in the order of trial: the first one there is gets armed. */
  readonly tools: readonly string[];
  suits(series: Series): boolean;
}

const isVolume = ({ volume, frames }: Series): boolean => volume !== null && frames.length > 3;

/** In the order of the bar. */
export const jobs: readonly Job[] = [
  { id: 'measure', title: 'Measure', hint: 'One image, length', layout: '1x1', tools: ['length'], suits: () => true },
  {
    id: 'vessel',
    title: 'Vessel',
    hint: 'Planes, curved view, cross-section; two clicks on the vessel',
    layout: 'vessel',
    tools: ['vessel'],
    suits: isVolume,
  },
  { id: 'needle', title: 'Needle', hint: 'Planes, needle path', layout: 'mpr', tools: ['trajectory'], suits: isVolume },
  {
    id: 'ablation',
    title: 'Ablation',
    hint: 'Planes, ablation zone',
    layout: 'mpr',
    tools: ['ablation'],
    suits: isVolume,
  },
  {
    id: 'xa',
    title: 'XA',
    hint: 'One run; calibrate, then stenosis',
    layout: '1x1',
    tools: ['calibration', 'stenosis'],
    suits: ({ modality }) => modality === 'XA' || modality === 'RF',
  },
];

/** What the job works on: the series on screen where it suits, else the best one that does; null where none does. */
export function seriesForJob(desk: Desk, job: Job): Series | null {
  const state = desk.session.getState();
  const shown = shownSeries(state);
  if (shown !== null && job.suits(shown)) return shown;
  const [newest] = studyList(state.series.filter(job.suits));
  return newest === undefined ? null : bestSeries(newest.scans.map(({ series }) => series));
}

/** Hangs the images, arms the first tool and remembers the choice. */
export async function startJob(desk: Desk, job: Job): Promise<void> {
  const series = seriesForJob(desk, job);
  if (series === null) return;
  desk.settings.change({ job: job.id });
  const { layout, shown } = desk.session.getState();
  const wanted = possibleLayout(desk, job.layout);
  if (layout !== wanted || !Object.values(shown).includes(series.key))
    await showSeries(desk, series, { layout: wanted });
  const kind = job.tools.flatMap((name) => desk.kinds.filter((one) => one.name === name))[0];
  if (kind !== undefined && !desk.plan.getState().readOnly) desk.tool.arm(kind, { sticky: false });
}

/** How the remembered job hangs a series; null where none is remembered or it does not suit. */
export function rememberedLayout(desk: Desk, series: Series): Layout | null {
  const job = jobs.find(({ id }) => id === desk.settings.getState().job);
  return job?.suits(series) === true ? job.layout : null;
}
