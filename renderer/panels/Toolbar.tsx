import { Eye, EyeOff, Menu as MenuIcon, SlidersHorizontal } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import {
  Button,
  Group,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Toolbar as AriaToolbar,
  type PressEvent,
} from 'react-aria-components';
import {
  actionById,
  actionsOf,
  allowed,
  armTool,
  keyText,
  runAction,
  toolsOf,
  useDesk,
  useDrawn,
  usePlan,
  useSession,
  useToolState,
  useView,
  type Action,
} from '../actions/index.ts';
import { grouped } from '../ui/grouped.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { focusPicture } from './focusPicture.ts';
import { MenuLine } from './MenuLine.tsx';
import { iconOf, shortNameOf } from './toolbarLooks.ts';
import './toolbar.css';

/** Tools in groups; names, keys and what may be done come from the table of actions. */
export function Toolbar() {
  const desk = useDesk();
  // What may be done and what is on depends on all of these.
  usePlan();
  useToolState();
  useSession((state) => state);
  const active = useSession((state) => state.active);
  useDrawn(useView(active));
  const all = actionsOf(desk);
  // What moves pictures together: planes by the crosshair, stacks by links. The place in the bar is the same.
  const stacks = all.some((one) => one.id === 'link' && allowed(desk, one));
  const together = stacks ? ['link', 'link.here'] : ['slab', 'crosshair'];
  // Only what is armed to place an item; what is done while placing has keys, and no room here.
  const tools = toolsOf(desk.kinds).flatMap(({ id }) => actionById(desk, `tool.${id}`) ?? []);
  return (
    <AriaToolbar className="toolbar" aria-label="Tools">
      <MainMenu actions={all} />
      <ToolGroup title="Layout">
        <Buttons ids={['layout.1x1', 'layout.1x2', 'layout.2x2', 'layout.mpr', 'layout.compare']} />
      </ToolGroup>
      <ToolGroup title="View">
        <WindowMenu actions={all.filter(({ group }) => group === 'Window')} />
        <Buttons ids={['fit', 'reset', 'invert', ...together, 'cine']} />
      </ToolGroup>
      <ToolGroup title="Measuring">
        {tools.map((action) => (
          <ToolButton key={action.id} action={action} />
        ))}
      </ToolGroup>
      <ToolGroup title="Plan">
        <Buttons ids={['undo', 'redo', 'marks.hide']} />
      </ToolGroup>
      <span className="toolbar-space" />
      <Buttons ids={['palette', 'help']} />
    </AriaToolbar>
  );
}

function ToolGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Group className="tool-group" aria-label={title}>
      {children}
    </Group>
  );
}

/** What is seen below the picture of a button; the whole name is in its label and tooltip. */
function ShortName({ action }: { readonly action: Action }) {
  return (
    <span className="tool-name" aria-hidden>
      {shortNameOf(action)}
    </span>
  );
}

function Buttons({ ids }: { readonly ids: readonly string[] }) {
  const desk = useDesk();
  return (
    <>
      {ids.map((id) => {
        const action = actionById(desk, id);
        if (action === undefined) return null;
        return (
          <IconButton
            key={id}
            name={action.title}
            hint={action.hint ?? hintOf(desk, action)}
            keys={action.keys[0] === undefined ? undefined : keyText(action.keys[0])}
            on={action.on?.(desk)}
            disabled={!allowed(desk, action)}
            onPress={(event) => {
              backToPicture(event);
              void runAction(desk, action);
            }}
          >
            {pictureOf(action, action.on?.(desk) === true)}
            <ShortName action={action} />
          </IconButton>
        );
      })}
    </>
  );
}

/** A second press, or shift with the first, keeps the tool for several items. */
function ToolButton({ action }: { readonly action: Action }) {
  const desk = useDesk();
  const last = useRef(0);
  const tool = desk.tool.getState();
  const on = action.on?.(desk) === true;
  const sticky = on && tool.state === 'placing' && tool.sticky;
  return (
    <IconButton
      name={action.title}
      hint={sticky ? `${action.title}, kept until Escape` : (action.hint ?? action.title)}
      keys={action.keys[0]}
      on={on}
      disabled={!allowed(desk, action)}
      onPress={(event) => {
        backToPicture(event);
        const now = performance.now();
        // A tool that is still as the first press left it: a quick hand that placed an item between has pressed it anew.
        const armed = action.on?.(desk) === true;
        const twice = armed && now - last.current < 500;
        last.current = now;
        if (armed && !twice && !event.shiftKey) desk.tool.escape();
        else armTool(desk, action.id.slice('tool.'.length), twice || event.shiftKey);
      }}
    >
      {pictureOf(action, on)}
      <ShortName action={action} />
    </IconButton>
  );
}

/** After a press of the mouse the next key is meant for the picture; who came by keys stays. */
function backToPicture({ pointerType }: PressEvent): void {
  if (pointerType === 'mouse') focusPicture();
}

function pictureOf(action: Action, on: boolean): ReactNode {
  if (action.id === 'marks.hide') return on ? <EyeOff aria-hidden /> : <Eye aria-hidden />;
  const Icon = iconOf(action);
  return <Icon aria-hidden />;
}

function hintOf(desk: ReturnType<typeof useDesk>, action: Action): string {
  const { canUndo, canRedo } = desk.plan.getState();
  if (action.id === 'undo' && canUndo !== null) return `Undo: ${canUndo}`;
  if (action.id === 'redo' && canRedo !== null) return `Redo: ${canRedo}`;
  return action.title;
}

function WindowMenu({ actions }: { readonly actions: readonly Action[] }) {
  const desk = useDesk();
  return (
    <MenuTrigger>
      <Button
        className="button icon-button"
        aria-label="Window presets"
        isDisabled={!actions.some((one) => allowed(desk, one))}
      >
        <SlidersHorizontal aria-hidden />
        <span className="tool-name" aria-hidden>
          Window
        </span>
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu className="menu" aria-label="Window presets" onAction={(key) => act(desk, actions, String(key))}>
          {actions.map((action) => (
            <MenuItem
              key={action.id}
              id={action.id}
              className="menu-item"
              textValue={action.title}
              isDisabled={!allowed(desk, action)}
            >
              <MenuLine action={action} title={action.title.replace('Window: ', '')} on={false} />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Every action there is, by group. */
function MainMenu({ actions }: { readonly actions: readonly Action[] }) {
  const desk = useDesk();
  const groups = grouped(actions, ({ group }) => group);
  return (
    <MenuTrigger>
      <Button className="button icon-button" aria-label="Menu">
        <MenuIcon aria-hidden />
        <span className="tool-name" aria-hidden>
          Menu
        </span>
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu className="menu" aria-label="Menu" onAction={(key) => act(desk, actions, String(key))}>
          {groups.map(([group, list]) => (
            <MenuSection key={group} id={group}>
              <Header className="menu-header">{group}</Header>
              {list.map((action) => (
                <MenuItem
                  key={action.id}
                  id={action.id}
                  className="menu-item"
                  textValue={action.title}
                  isDisabled={!allowed(desk, action)}
                >
                  <MenuLine action={action} title={hintOf(desk, action)} on={action.on?.(desk) === true} />
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function act(desk: ReturnType<typeof useDesk>, actions: readonly Action[], id: string): void {
  const action = actions.find((one) => one.id === id);
  if (action === undefined) return;
  void runAction(desk, action);
  // The menu gives the focus back to its button first; the next key is meant for the picture, unless a dialog asks.
  setTimeout(() => {
    if (desk.session.getState().dialog === null && document.activeElement?.matches('[aria-haspopup]') === true)
      focusPicture();
  }, 50);
}
