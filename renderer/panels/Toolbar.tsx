import {
  Axis3d,
  ChevronsRightLeft,
  Circle,
  Columns2,
  Contrast,
  Crosshair,
  Eye,
  EyeOff,
  GitCompareArrows,
  Grid2x2,
  CircleDashed,
  Command,
  DraftingCompass,
  Flame,
  Keyboard,
  Lasso,
  Link2,
  Pin,
  Maximize,
  Menu as MenuIcon,
  MessageSquareText,
  MoveDiagonal,
  Pentagon,
  Play,
  Redo2,
  RotateCcw,
  Ruler,
  Scaling,
  Spline,
  Square,
  Syringe,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
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

const icons: Readonly<Record<string, LucideIcon>> = {
  'layout.1x1': Square,
  'layout.1x2': Columns2,
  'layout.2x2': Grid2x2,
  'layout.mpr': Axis3d,
  'layout.compare': GitCompareArrows,
  link: Link2,
  'link.here': Pin,
  fit: Maximize,
  reset: RotateCcw,
  invert: Contrast,
  crosshair: Crosshair,
  cine: Play,
  undo: Undo2,
  redo: Redo2,
  palette: Command,
  help: Keyboard,
  'tool.length': Ruler,
  'tool.angle': DraftingCompass,
  'tool.bidirectional': MoveDiagonal,
  'tool.area': Lasso,
  'tool.area-by-corners': Pentagon,
  'tool.note': MessageSquareText,
  'tool.calibration': Scaling,
  'tool.vessel': Spline,
  'tool.stenosis': ChevronsRightLeft,
  'tool.region': CircleDashed,
  'tool.trajectory': Syringe,
  'tool.ablation': Flame,
};

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
  // Beside one picture there is nothing to link.
  const linking = ['link', 'link.here'].filter((id) => all.some((one) => one.id === id && allowed(desk, one)));
  const tools = all.filter(({ id }) => id.startsWith('tool.') && id !== 'tool.confirm');
  return (
    <AriaToolbar className="toolbar" aria-label="Tools">
      <MainMenu actions={all} />
      <Divider />
      <Buttons ids={['layout.1x1', 'layout.1x2', 'layout.2x2', 'layout.mpr', 'layout.compare', ...linking]} />
      <Divider />
      <Buttons ids={['fit', 'reset', 'invert']} />
      <WindowMenu actions={all.filter(({ group }) => group === 'Window')} />
      <Buttons ids={['crosshair', 'cine']} />
      <Divider />
      <Group className="tool-group" aria-label="Measuring">
        {tools.map((action) => (
          <ToolButton key={action.id} action={action} />
        ))}
      </Group>
      <Divider />
      <Buttons ids={['undo', 'redo', 'marks.hide']} />
      <span className="toolbar-space" />
      <Buttons ids={['palette', 'help']} />
    </AriaToolbar>
  );
}

function Divider() {
  return <span className="divider" aria-hidden />;
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
            hint={hintOf(desk, action)}
            keys={action.keys[0] === undefined ? undefined : keyText(action.keys[0])}
            on={action.on?.(desk)}
            disabled={!allowed(desk, action)}
            onPress={(event) => {
              backToPicture(event);
              void runAction(desk, action);
            }}
          >
            {pictureOf(action, action.on?.(desk) === true)}
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
        const twice = now - last.current < 500;
        last.current = now;
        if (on && !twice && !event.shiftKey) desk.tool.escape();
        else armTool(desk, action.id.slice('tool.'.length), twice || event.shiftKey);
      }}
    >
      {pictureOf(action, on)}
      <span className="tool-name" aria-hidden>
        {action.title}
      </span>
    </IconButton>
  );
}

/** After a press of the mouse the next key is meant for the picture; who came by keys stays. */
function backToPicture({ pointerType }: PressEvent): void {
  if (pointerType === 'mouse') focusPicture();
}

function pictureOf(action: Action, on: boolean): ReactNode {
  if (action.id === 'marks.hide') return on ? <EyeOff aria-hidden /> : <Eye aria-hidden />;
  const Icon = icons[action.id] ?? Circle;
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
      <Button className="button window-button" aria-label="Window presets" isDisabled={actions.length === 0}>
        Window
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
  if (action !== undefined) void runAction(desk, action);
}
