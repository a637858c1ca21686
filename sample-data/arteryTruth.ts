import { reading, stations } from './truthFile.ts';
import type { Truth } from './truthFile.ts';
import { lumenCentre, lumenDiameterEnds, lumenDiameterMm, lumenOffsetMm } from './vesselWall.ts';
import { lumenVolumeMl, narrowedLengthMm, referenceDiameterMm } from './vesselWall.ts';
import type { NarrowedArtery } from './vesselWall.ts';

/** Which part of an artery lies in the images, stations in mm along its axis. */
export interface ShownArtery {
  readonly artery: NarrowedArtery;
  readonly startMm: number;
  readonly endMm: number;
  /** The lumen's volume is told from so far before the minimum to so far behind it. */
  readonly volumeAroundMm: number;
}

/** How `truth.json` tells a narrowed artery: lengths in mm, areas in mm2, volume in mL, points in LPS mm. */
export function arteryTruth(
  { artery, startMm, endMm, volumeAroundMm }: ShownArtery,
  words: { readonly shape: string; readonly side: 'L' | 'R' },
): Truth {
  const { narrowing, axis } = artery;
  const at = narrowing.atMm;
  const minimum = lumenDiameterMm(artery, at);
  const reference = referenceDiameterMm(artery, at);
  const length10 = narrowedLengthMm(artery, 10);
  return {
    shape: words.shape,
    side: words.side,
    axis: stations(startMm, endMm, 1, (station) => ({ station, point: axis.at(station) })),
    centreline: stations(startMm, endMm, 1, (station) => ({
      station,
      point: lumenCentre(artery, station),
      diameter: lumenDiameterMm(artery, station),
      reference: referenceDiameterMm(artery, station),
      offset: lumenOffsetMm(artery, station),
    })),
    vesselLength: endMm - startMm,
    minimumLumenDiameter: minimum,
    minimumLumenArea: (Math.PI / 4) * minimum ** 2,
    referenceDiameter: reference,
    referenceArea: (Math.PI / 4) * reference ** 2,
    diameterStenosis: narrowing.stenosisPercent,
    areaStenosis: 100 * (1 - (1 - narrowing.stenosisPercent / 100) ** 2),
    minimumPosition: at,
    lesionThreshold: 10,
    lesionStart: at - length10 / 2,
    lesionEnd: at + length10 / 2,
    lesionLength: length10,
    lesionLengthWhole: narrowing.lengthMm,
    lumenVolume: lumenVolumeMl(artery, at - volumeAroundMm, at + volumeAroundMm),
    lumenVolumeFrom: at - volumeAroundMm,
    lumenVolumeTo: at + volumeAroundMm,
  };
}

/**
 * A stenosis measured at the minimum against the lumen so far, mm, before and behind it: its fields in a plan, and what
 * a right program reads from them.
 */
export function stenosisTruth(
  artery: NarrowedArtery,
  referenceAwayMm: number,
): { readonly fields: object; readonly expected: Truth } {
  const at = artery.narrowing.atMm;
  const [before, after] = [at - referenceAwayMm, at + referenceAwayMm];
  const minimum = lumenDiameterMm(artery, at);
  const healthy = (referenceDiameterMm(artery, before) + referenceDiameterMm(artery, after)) / 2;
  return {
    fields: {
      lesion: lumenDiameterEnds(artery, at),
      references: [lumenDiameterEnds(artery, before), lumenDiameterEnds(artery, after)],
      options: { territory: 'artery' },
    },
    expected: {
      minimumLumenDiameter: reading(minimum, 'mm'),
      referenceDiameter: reading(healthy, 'mm'),
      diameterStenosis: reading(100 * (1 - minimum / healthy), '%'),
      areaStenosis: reading(100 * (1 - (minimum / healthy) ** 2), '%'),
    },
  };
}
