import { showSeries, type Desk } from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { layouts, say, seriesByKey } from '../state/index.ts';

/** 1 to 4 on a line of the series list: the series opens in that view of the layout. */
export function openByDigit(
  desk: Desk,
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'preventDefault' | 'stopPropagation'> & {
    readonly target: unknown;
  },
): void {
  if (!/^[1-4]$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(event.target instanceof HTMLElement)) return;
  const key = event.target.closest('[role=option]')?.getAttribute('data-key');
  const state = desk.session.getState();
  const series = seriesByKey(state, key);
  if (series === null) return;
  // Else it would be a preset of the window, or a letter to find a line by.
  event.preventDefault();
  event.stopPropagation();
  const view = layouts[state.layout].views[Number(event.key) - 1];
  if (view === undefined) {
    say(desk.session, { tone: 'info', say: `This layout has no view ${event.key}.`, remedy: 'Alt+3 shows four.' });
    return;
  }
  showSeries(desk, series, { view }).catch((thrown: unknown) =>
    say(desk.session, { tone: 'warning', ...sentenceOf(thrown) }),
  );
}
