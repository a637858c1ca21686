import type { LoadedSeries, View, ViewName } from '../cornerstone/types.ts';
import { CurvedView, SectionView } from '../curved/index.ts';
import type { Desk } from './desk.ts';

/** A view of that name in the element: of the engine, or of the followed line, which the page draws itself. */
export function makeView(
  { engine, along }: Desk,
  element: HTMLDivElement,
  name: ViewName,
  loaded: LoadedSeries,
): Promise<View> {
  if (name === 'Curved') return Promise.resolve(new CurvedView(element, loaded, along));
  if (name === 'Cross-section') return Promise.resolve(new SectionView(element, loaded, along));
  return engine.createView(element, name, loaded);
}
