import type { Series } from '../../src/dicom/index.ts';
import {
  choosePair,
  otherDates,
  pairOf,
  samePatient,
  samePlace,
  say,
  shownSeries,
  type Pair,
  type SessionState,
} from '../state/index.ts';
import type { Desk } from './desk.ts';
import { mayCompare } from './patients.ts';
import { showTogether } from './showing.ts';

/** The series of the active view, else the first of the list. */
function startOf(state: SessionState): Series | null {
  return shownSeries(state) ?? state.series[0] ?? null;
}

/** Two dates of one patient side by side: chosen where the files leave no doubt, else asked for. */
export async function compareDates(desk: Desk): Promise<void> {
  const { series } = desk.session.getState();
  const active = startOf(desk.session.getState());
  if (active === null) return;
  if (otherDates(series, active).length === 0) {
    say(desk.session, {
      tone: 'info',
      matter: 'comparing',
      say: 'There is no other date of this patient to compare with.',
      remedy: 'Open the folder of the other study too.',
      holds: (state) => {
        const now = startOf(state);
        return now !== null && samePatient(now, active) && otherDates(state.series, now).length === 0;
      },
    });
    return;
  }
  if (!(await mayCompare(desk, active))) return;
  const pair = choosePair(series, active);
  if (pair === null) desk.session.setState({ dialog: 'compare' });
  else await showPair(desk, pair);
}

/** What the person may choose the other date from, and whose other date it is. */
export function comparisonChoices(desk: Desk): { readonly of: Series; readonly others: readonly Series[] } | null {
  const of = startOf(desk.session.getState());
  return of === null ? null : { of, others: otherDates(desk.session.getState().series, of) };
}

/** The other date as chosen in the dialog. */
export async function compareWith(desk: Desk, other: Series): Promise<void> {
  const active = startOf(desk.session.getState());
  desk.session.setState({ dialog: null });
  if (active !== null) await showPair(desk, pairOf(active, other));
}

async function showPair(desk: Desk, { current, prior }: Pair): Promise<void> {
  await showTogether(desk, 'compare', { Stack: current, 'Stack 2': prior });
  if (current.volume === null || prior.volume === null || samePlace(current, prior, true)) return;
  const { links } = desk.session.getState();
  if (links.length === 0)
    say(desk.session, {
      tone: 'info',
      matter: 'linking',
      holds: ({ layout, links: set }) => layout === 'compare' && set.length === 0,
      say: 'These two dates have different frames of reference, so they do not scroll together yet.',
      remedy: 'Bring both to the same anatomy, then press "Link here" (Shift+K).',
    });
}
