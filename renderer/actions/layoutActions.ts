import { layouts, shownSeries, type Layout, isOfPlanes } from '../state/index.ts';
import type { Action } from './action.ts';
import { compareDates } from './compareDates.ts';
import type { Desk } from './desk.ts';
import { linkHere, toggleLinking, unlinkOffsets } from './linkingActions.ts';
import { possibleLayout, setLayout } from './showing.ts';
import { activeView } from './windows.ts';

const layoutNames: readonly Exclude<Layout, 'compare'>[] = ['1x1', '1x2', '2x2', 'mpr', 'vessel'];

/** How many stacks lie beside each other, with pictures or without. */
const stackCount = (desk: Desk): number =>
  layouts[desk.session.getState().layout].views.filter((name) => name.startsWith('Stack')).length;

/** Layouts, comparing and linking. */
export const layoutActions: readonly Action[] = [
  ...layoutNames.map((layout, at): Action => ({
    id: `layout.${layout}`,
    title: layouts[layout].title,
    group: 'Layout',
    keys: [`Alt+${at + 1}`],
    when: (desk) =>
      !isOfPlanes(layout) ||
      (possibleLayout(desk, layout) === layout && shownSeries(desk.session.getState())?.volume !== null),
    on: (desk) => desk.session.getState().layout === layout,
    run: (desk) => setLayout(desk, layout),
  })),
  {
    id: 'layout.compare',
    title: layouts.compare.title,
    group: 'Layout',
    keys: ['C'],
    when: (desk) => shownSeries(desk.session.getState()) !== null || desk.session.getState().series.length > 0,
    on: (desk) => desk.session.getState().layout === 'compare',
    run: (desk) => compareDates(desk),
  },
  {
    id: 'view.full',
    title: 'The active view alone, and back',
    group: 'Layout',
    keys: ['Shift+F'],
    when: (desk) => activeView(desk) !== undefined && desk.session.getState().layout !== '1x1',
    on: (desk) => desk.session.getState().full !== null,
    run(desk) {
      const name = activeView(desk)?.name ?? null;
      desk.session.setState((state) => ({ full: state.full === null ? name : null }));
    },
  },
  {
    id: 'view.next',
    title: 'Next view',
    group: 'Layout',
    keys: ['G'],
    when: (desk) => layouts[desk.session.getState().layout].views.length > 1,
    run(desk) {
      const { layout, active, full } = desk.session.getState();
      const { views } = layouts[layout];
      const next = views[(views.findIndex((name) => name === active) + 1) % views.length] ?? null;
      desk.session.setState({ active: next, full: full === null ? null : next });
    },
  },
  {
    id: 'link',
    title: 'Scroll linked views together',
    group: 'Layout',
    keys: ['Shift+L'],
    when: (desk) => stackCount(desk) > 1,
    on: (desk) => desk.session.getState().linking && stackCount(desk) > 1,
    run: toggleLinking,
  },
  {
    id: 'link.here',
    title: 'Link here: scroll two dates together from these places',
    group: 'Layout',
    keys: ['Shift+K'],
    when: (desk) => stackCount(desk) > 1,
    run: linkHere,
  },
  {
    id: 'link.remove',
    title: 'Remove links by offset',
    group: 'Layout',
    keys: [],
    when: (desk) => desk.session.getState().links.length > 0,
    run: unlinkOffsets,
  },
  {
    id: 'referenceLines',
    title: 'Reference lines of the other views',
    group: 'Layout',
    keys: ['Shift+X'],
    when: (desk) => stackCount(desk) > 1,
    on: (desk) => desk.session.getState().referenceLines && stackCount(desk) > 1,
    run: (desk) => desk.session.setState((state) => ({ referenceLines: !state.referenceLines })),
  },
];
