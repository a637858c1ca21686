import type { LpsMm } from '../../geometry/index.ts';
import { distance, dot, subtract } from '../../geometry/index.ts';
import type { FollowedVessel, VesselSection } from '../../imaging/index.ts';
import { lumenOfOutline } from '../../imaging/index.ts';
import type { VesselItem } from './item.ts';

export interface CorrectedVessel {
  readonly vessel: FollowedVessel;
  /** Sections whose wall is a person's. */
  readonly byHand: readonly boolean[];
  /** Contours that lie on no section: the path runs elsewhere. */
  readonly unused: number;
}

/** A wall drawn by hand counts for sections this far along the vessel from it, mm. */
const alongMm = 0.5;

/** The vessel with the walls a person has drawn in place of the ones found. */
export function withContours(vessel: FollowedVessel, contours: VesselItem['contours'] = []): CorrectedVessel {
  const placed = contours.map((contour) => ({ ...contour, section: sectionAt(vessel.sections, contour.at) }));
  const byHand: boolean[] = [];
  const sections = vessel.sections.map((section) => {
    const near = placed
      .map(({ outline, section: own }) => ({
        outline,
        away: own === undefined ? Infinity : Math.abs(own.positionMm - section.positionMm),
      }))
      .filter(({ away }) => away <= alongMm + 1e-6)
      .toSorted((a, b) => a.away - b.away)[0];
    byHand.push(near !== undefined);
    return near === undefined ? section : withOutline(section, near.outline);
  });
  return {
    vessel: { ...vessel, sections },
    byHand,
    unused: placed.filter(({ section }) => section === undefined).length,
  };
}

/** The section a place of the patient lies on: the nearest, unless the vessel does not come there. */
function sectionAt(sections: readonly VesselSection[], at: LpsMm): VesselSection | undefined {
  let [best, least] = [sections[0], Infinity];
  for (const section of sections) {
    const away = distance(section.at, at);
    if (away < least) [best, least] = [section, away];
  }
  if (best === undefined) return undefined;
  const along = Math.abs(dot(subtract(at, best.at), best.frame.tangent));
  return along <= 1 && least <= Math.max(4, Math.sqrt(best.lumen.areaMm2)) ? best : undefined;
}

function withOutline(section: VesselSection, outline: readonly LpsMm[]): VesselSection {
  const off = outline.map((point) => subtract(point, section.at));
  const lumen = lumenOfOutline(
    off.map((each) => dot(each, section.frame.u)),
    off.map((each) => dot(each, section.frame.v)),
  );
  return { ...section, lumen, calcified: false, branch: false };
}

/** mm along the vessel of a place beside it; undefined where the vessel does not come near (30 mm). */
export function positionAlong({ sections }: FollowedVessel, at: LpsMm): number | undefined {
  let [best, least] = [sections[0], Infinity];
  for (const section of sections) {
    const away = distance(section.at, at);
    if (away < least) [best, least] = [section, away];
  }
  if (best === undefined || least > 30) return undefined;
  const ahead = best.positionMm + dot(subtract(at, best.at), best.frame.tangent);
  return Math.min(sections.at(-1)?.positionMm ?? 0, Math.max(0, ahead));
}
