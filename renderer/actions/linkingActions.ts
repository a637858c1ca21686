import { linkedHere, samePatient, say } from '../state/index.ts';
import type { Desk } from './desk.ts';

export async function toggleLinking(desk: Desk): Promise<void> {
  const linking = !desk.session.getState().linking;
  desk.session.setState({ linking });
  if (linking) await desk.views.align();
}

/** The places now in the middle of the pictures are taken for the same place, until this is done again or undone. */
export function linkHere(desk: Desk): void {
  const places = desk.views.places();
  const { links, layout } = desk.session.getState();
  const next = linkedHere(places, links, { acrossDates: layout === 'compare' });
  if (next !== links) {
    desk.session.setState({ links: next, linking: true, point: null });
    say(desk.session, {
      tone: 'info',
      matter: 'linking',
      say: 'Linked by offset, not registered.',
      remedy: 'They scroll together now.',
      holds: (state) => state.linking && state.links === next && state.layout === layout,
    });
    return;
  }
  const [first] = places;
  const strangers = first !== undefined && places.some(({ series }) => !samePatient(series, first.series));
  say(desk.session, {
    tone: 'warning',
    matter: 'linking',
    holds: (state) => state.layout === layout && state.links === links,
    say:
      places.length < 2
        ? 'There are no two stacks with positions in the patient to link.'
        : strangers
          ? 'Images of two patients are never linked.'
          : 'These images are of one frame of reference: they are linked by their positions already.',
  });
}

export function unlinkOffsets(desk: Desk): void {
  desk.session.setState({ links: [] });
}
