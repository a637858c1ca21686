import type { PlanItem, Side } from '../../src/plan/index.ts';
import { pointText } from '../ui/text.ts';
import { say } from '../state/index.ts';
import type { Action } from './action.ts';
import type { Desk } from './desk.ts';
import { changeItem, flyTo } from './planItems.ts';
import { colourOf, itemColours } from './planReading.ts';

/** The selected item, where there is one. */
function chosen(desk: Desk): readonly [string, PlanItem] | null {
  const { selection } = desk.session.getState();
  const record = selection === null ? undefined : desk.plan.getState().plan.records[selection];
  return selection !== null && record?.type === 'item' ? [selection, record] : null;
}
const canChange = (desk: Desk): boolean => !desk.plan.getState().readOnly && chosen(desk) !== null;

const sides: readonly { readonly id: string; readonly side: Side; readonly title: string }[] = [
  { id: 'right', side: 'R', title: 'Side: right' },
  { id: 'left', side: 'L', title: 'Side: left' },
  { id: 'midline', side: 'midline', title: 'Side: midline' },
  { id: 'none', side: null, title: 'No side' },
];
/** Side, colour, hiding and finding of the selected item. */
export const itemActions: readonly Action[] = [
  {
    id: 'item.goto',
    title: 'Go to the selected item',
    group: 'Plan',
    keys: [],
    when: (desk) => chosen(desk) !== null,
    run(desk) {
      const one = chosen(desk);
      return one === null ? undefined : flyTo(desk, one[0]);
    },
  },
  {
    id: 'item.hide',
    title: 'Hide or show the selected item',
    group: 'Plan',
    keys: [],
    when: canChange,
    on: (desk) => chosen(desk)?.[1].hidden === true,
    run(desk) {
      const one = chosen(desk);
      if (one === null) return;
      const [id, { label, hidden }] = one;
      changeItem(desk, id, hidden === true ? `Show ${label}` : `Hide ${label}`, { hidden: hidden !== true });
    },
  },
  ...sides.map(({ id, side, title }): Action => ({
    id: `item.side.${id}`,
    title,
    group: 'Plan',
    keys: [],
    when: canChange,
    on: (desk) => chosen(desk)?.[1].side === side,
    run(desk) {
      const one = chosen(desk);
      if (one !== null) changeItem(desk, one[0], `Side of ${one[1].label}`, { side });
    },
  })),
  ...itemColours.map(({ title, colour }): Action => ({
    id: `item.colour.${title.toLowerCase()}`,
    title: `Colour: ${title}`,
    group: 'Plan',
    keys: [],
    when: canChange,
    on(desk) {
      const one = chosen(desk);
      return one !== null && colourOf(one[1]) === colour;
    },
    run(desk) {
      const one = chosen(desk);
      if (one !== null) changeItem(desk, one[0], `Colour of ${one[1].label}`, { colour });
    },
  })),
];

/** What lay under the mouse when the menu was opened, into the clipboard. */
export const copyActions: readonly Action[] = [
  {
    id: 'copy.value',
    title: 'Copy the value here',
    group: 'Picture',
    keys: [],
    when: (desk) => (pointed(desk)?.value ?? null) !== null,
    run: (desk) => copy(desk, pointed(desk)?.value ?? ''),
  },
  {
    id: 'copy.position',
    title: 'Copy the position here',
    group: 'Picture',
    keys: [],
    when: (desk) => pointed(desk) !== null,
    run(desk) {
      const at = pointed(desk);
      return at === null ? undefined : copy(desk, pointText(at.point));
    },
  },
];

function pointed(desk: Desk): ReturnType<Desk['pointer']['getState']> {
  return desk.session.getState().menu?.reading ?? desk.pointer.getState();
}

async function copy(desk: Desk, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    say(desk.session, { tone: 'warning', say: 'The clipboard refused the text.' });
  }
}
