import { noVolumeSentence, showSeries, type Desk } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { sentenceOf } from '../host/index.ts';
import { say, seriesByKey, isOfPlanes } from '../state/index.ts';

/** A series dragged from the list onto a viewport opens there (in the planes of an MPR: in all of them, or a sentence says why not). */
export function openInPane(desk: Desk, name: ViewName, transfer: DataTransfer): void {
  const series = seriesByKey(desk.session.getState(), transfer.getData('text/plain'));
  if (series === null) return;
  if (isOfPlanes(desk.session.getState().layout) && series.volume === null) {
    say(desk.session, { tone: 'warning', say: noVolumeSentence(series) });
    return;
  }
  showSeries(desk, series, { view: name }).catch((thrown: unknown) =>
    say(desk.session, { tone: 'warning', ...sentenceOf(thrown) }),
  );
}
