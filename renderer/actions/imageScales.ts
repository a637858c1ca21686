import type { Series } from '../../src/dicom/index.ts';
import {
  depthSentence,
  imageFactsOf,
  isProjection,
  seriesFor,
  withCalibration,
  type ImageFacts,
  type MeasurementKind,
} from '../../src/measurements/index.ts';
import type { ImageSpace } from '../../src/plan/index.ts';
import type { View } from '../cornerstone/types.ts';
import type { PlanStore, SessionStore } from '../state/index.ts';
import { seriesWarnings, type SeriesWarning } from '../ui/seriesWarnings.ts';

interface Known {
  readonly plan: PlanStore;
  readonly session: SessionStore;
  readonly kinds: readonly MeasurementKind[];
}

/** What is known of an image, with the calibration of the plan that holds on it; null where it is not open. */
export function factsOfImage({ plan, session, kinds }: Known, on: ImageSpace): ImageFacts | null {
  const { series } = session.getState();
  const imageOf = (where: ImageSpace): ImageFacts | undefined => {
    const own: Series | undefined = seriesFor(series, where);
    return own && imageFactsOf(own, where);
  };
  const image = imageOf(on);
  if (image === undefined) return null;
  const { plan: document, results } = plan.getState();
  return withCalibration(image, on, {
    records: document.records,
    kinds: new Map(kinds.map((kind) => [kind.name, kind])),
    result: (id) => results[id],
    imageOf,
  });
}

/** The same of the image that a view shows; null for a plane of the patient. */
export function factsOfView(desk: Known, view: View): ImageFacts | null {
  const map = view.map();
  return map?.in === 'image' ? factsOfImage(desk, map.on) : null;
}

/** What changes how the picture of a view may be read, with the calibration that holds on it. */
export function warningsOfView(desk: Known, view: View): readonly SeriesWarning[] {
  if (view.loaded === null) return [];
  const facts = factsOfView(desk, view);
  const calibratedBy = facts?.calibratedBy;
  const atDepth =
    facts !== null && calibratedBy !== undefined && isProjection(facts) ? depthSentence(facts) : undefined;
  return seriesWarnings(view.loaded.series, calibratedBy, atDepth);
}
