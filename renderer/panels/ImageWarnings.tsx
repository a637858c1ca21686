import { factsOfImage, useDesk, usePlan, useSession } from '../actions/index.ts';
import type { PlanItem } from '../../src/plan/index.ts';
import { seriesWarnings, type SeriesWarning } from '../ui/seriesWarnings.ts';

/** What must be known of the images that an item was measured on. */
export function useImageWarnings(on: PlanItem['on']): readonly SeriesWarning[] {
  const all = useSession((state) => state.series);
  const series = all.find((one) =>
    on.in === 'image'
      ? one.instances.some(({ sopInstanceUID }) => sopInstanceUID === on.sopInstanceUID)
      : one.seriesInstanceUID === on.seriesInstanceUID && one.part === on.part,
  );
  const desk = useDesk();
  usePlan();
  const calibratedBy = on.in === 'image' ? factsOfImage(desk, on)?.calibratedBy : undefined;
  return series === undefined ? [] : seriesWarnings(series, calibratedBy);
}

export function ImageWarnings({ warnings }: { readonly warnings: readonly SeriesWarning[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="notes" aria-label="About these images">
      {warnings.map(({ say, still }) => (
        <li key={say}>
          {say} {still}
        </li>
      ))}
    </ul>
  );
}
