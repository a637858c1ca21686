import { kernelByName } from './reconstruction.ts';
import { frameFacts } from './series.ts';
import type { Series } from './types.ts';

/** A window in modality values, with the name it has on screen. */
export interface NamedWindow {
  readonly window: { readonly centre: number; readonly width: number };
  readonly name: string;
}

const named = (name: string, width: number, centre: number): NamedWindow => ({ name, window: { centre, width } });

/** Windows of CT in HU, clinical page 2.4. */
export const ctWindows = {
  abdomen: named('Abdomen', 400, 40),
  lung: named('Lung', 1500, -600),
  liver: named('Liver', 150, 90),
  bone: named('Bone', 2500, 480),
  brain: named('Brain', 80, 40),
  mediastinum: named('Mediastinum', 350, 50),
  cta: named('CTA', 700, 200),
  calcium: named('CTA calcium and stent', 1500, 300),
  stroke: named('Stroke', 40, 40),
  spine: named('Spine, soft', 300, 50),
  metal: named('Needle and metal', 3000, 500),
} as const;

/** What of the body a CT shows, as far as its header and description tell. */
export type CtRegion = 'head' | 'spine' | 'chest' | 'liver' | 'other';

export function ctRegion(series: Pick<Series, 'instances' | 'description' | 'study'>): CtRegion {
  const part = series.instances[0]?.series.bodyPart ?? '';
  // What the scanner was told comes first; descriptions are typed by hand.
  return regionOf(part) ?? regionOf(`${series.description} ${series.study.description}`) ?? 'other';
}

function regionOf(text: string): CtRegion | null {
  if (/spine|wirbel|vertebra/i.test(text)) return 'spine';
  if (/head|brain|skull|cran|sch(ä|ae)del|stroke/i.test(text)) return 'head';
  if (/liver|leber|foie|hepat/i.test(text)) return 'liver';
  if (/chest|thorax|lung/i.test(text)) return 'chest';
  return /abdom|pelvis|becken|leg|knee|extrem/i.test(text) ? 'other' : null;
}

/**
 * The window a CT opens with where its file has none that is sane: a sharp kernel shows lung in the chest and bone
 * elsewhere; a soft one what the region is looked at for.
 */
export function ctOpeningWindow(series: Series, index: number): NamedWindow {
  const region = ctRegion(series);
  const kernel = kernelText(series, index);
  const words = series.description;
  if (isSharp(kernel) || /\b(bone|knochen|os)\b/i.test(words))
    return region === 'chest' ? ctWindows.lung : ctWindows.bone;
  if (/\blung/i.test(words)) return ctWindows.lung;
  if (/\bcta\b|angio/i.test(words)) return ctWindows.cta;
  if (region === 'head') return ctWindows.brain;
  if (region === 'spine') return ctWindows.spine;
  return region === 'chest' ? ctWindows.mediastinum : ctWindows.abdomen;
}

function kernelText({ frames, instances }: Series, index: number): string {
  const ref = frames[index];
  const instance = ref === undefined ? undefined : instances[ref.instance];
  return ref === undefined || instance === undefined ? '' : (frameFacts(instance, ref.frame).marks?.kernel ?? '');
}

/** GE's variants (BONEPLUS) beside what is known of all makers. */
function isSharp(kernel: string): boolean {
  return kernelByName(kernel) === 'sharp' || /^(bone|lung|edge)/i.test(kernel);
}
