import { useRef } from 'react';
import { Header, Menu, MenuItem, MenuSection, Popover } from 'react-aria-components';
import { actionsOf, allowed, runAction, showSeries, useDesk, useSession, type Action } from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { say, seriesByKey, type MenuFor } from '../state/index.ts';
import { focusPicture } from './focusPicture.ts';
import { MenuLine } from './MenuLine.tsx';

interface Section {
  readonly title: string;
  readonly actions: readonly Action[];
}

/** The menu of what was clicked with the right button or asked for by Shift+F10: lines of the table of actions. */
export function ContextMenu() {
  const desk = useDesk();
  const menu = useSession((state) => state.menu);
  const place = useRef<HTMLSpanElement>(null);
  const close = (): void => desk.session.setState({ menu: null });
  if (menu === null) return null;
  const sections = sectionsFor(desk, menu.of);
  const all = sections.flatMap(({ actions }) => actions);
  return (
    <>
      <span ref={place} style={{ position: 'fixed', left: menu.at[0], top: menu.at[1], width: 1, height: 1 }} />
      <Popover
        className="popover"
        aria-label={titles[menu.of.type]}
        triggerRef={place}
        isOpen
        placement="bottom start"
        offset={2}
        onOpenChange={(open) => (open ? undefined : close())}
      >
        <Menu
          className="menu"
          aria-label={titles[menu.of.type]}
          autoFocus="first"
          onClose={close}
          onAction={(id) => {
            const action = all.find((one) => one.id === id);
            if (action === undefined) return;
            // While the menu still knows where it was opened; what opens a dialog waits until the focus is given back.
            if (action.id.startsWith('copy.')) void runAction(desk, action);
            else setTimeout(() => void runAction(desk, action), 0);
          }}
        >
          {sections.map(({ title, actions }) => (
            <MenuSection key={title} id={title}>
              <Header className="menu-header">{title}</Header>
              {actions.map((action) => (
                <MenuItem
                  key={action.id}
                  id={action.id}
                  className="menu-item"
                  textValue={action.title}
                  isDisabled={!allowed(desk, action)}
                >
                  <MenuLine
                    action={action}
                    title={action.title.replace('Window: ', '').replace(/ the selected item$/, '')}
                    on={action.on?.(desk) === true}
                  />
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </>
  );
}

const titles: Readonly<Record<MenuFor['type'], string>> = {
  picture: 'Menu of the picture',
  item: 'Menu of the item',
  series: 'Menu of the series',
};

const pictureIds = ['fit', 'reset', 'invert', 'crosshair', 'cine', 'keyImage', 'header', 'copy.value', 'copy.position'];
const itemIds = ['item.goto', 'item.rename', 'item.lock', 'item.hide', 'item.delete'];

type Desk = ReturnType<typeof useDesk>;

function sectionsFor(desk: Desk, of: MenuFor): readonly Section[] {
  const all = actionsOf(desk);
  const byIds = (ids: readonly string[]): readonly Action[] =>
    ids.flatMap((id) => all.find((action) => action.id === id) ?? []);
  const starting = (start: string): readonly Action[] => all.filter(({ id }) => id.startsWith(start));
  if (of.type === 'series') return [{ title: 'Series', actions: seriesActions(of.key) }];
  if (of.type === 'item') {
    const record = desk.plan.getState().plan.records[of.id];
    const label = record?.type === 'item' ? String(record.label) : '';
    return [
      { title: label === '' ? 'Item' : label, actions: byIds(itemIds) },
      { title: 'Side', actions: starting('item.side.') },
      { title: 'Colour', actions: starting('item.colour.') },
    ];
  }
  return [
    { title: 'Picture', actions: byIds(pictureIds) },
    { title: 'Window', actions: all.filter(({ group }) => group === 'Window') },
    { title: 'Layout', actions: starting('layout.') },
  ];
}

/** Of one series of the list, on screen or not; made from what it is, so not in the table. */
function seriesActions(key: string): readonly Action[] {
  const open = async (desk: Desk, layout: '1x1' | 'mpr' | null, header: boolean): Promise<void> => {
    const series = seriesByKey(desk.session.getState(), key);
    if (series === null) return;
    try {
      const { active } = desk.session.getState();
      await showSeries(desk, series, layout === null ? { view: active ?? 'Stack' } : { layout });
      if (header) desk.session.setState({ dialog: 'header' });
      else focusPicture();
    } catch (thrown) {
      say(desk.session, { tone: 'warning', ...sentenceOf(thrown) });
    }
  };
  const line = (id: string, title: string, run: Action['run'], when?: Action['when']): Action => ({
    id,
    title,
    group: 'Layout',
    keys: [],
    run,
    ...(when === undefined ? {} : { when }),
  });
  return [
    line('series.here', 'Open in the active view', (desk) => open(desk, null, false)),
    line('series.one', 'Open as one image', (desk) => open(desk, '1x1', false)),
    line(
      'series.mpr',
      'Open in three planes and 3D',
      (desk) => open(desk, 'mpr', false),
      (desk) => seriesByKey(desk.session.getState(), key)?.volume !== null,
    ),
    line('series.header', 'Open, with its image header…', (desk) => open(desk, null, true)),
  ];
}
