import type { Series } from '../../src/dicom/index.ts';
import { isEmptyPlan } from '../../src/plan/index.ts';
import { shownSeries, isOfPlanes } from '../state/index.ts';
import type { Action } from './action.ts';
import type { Desk } from './desk.ts';
import { withOwnKeys } from './keymap.ts';
import type { Key } from './keys.ts';
import { keepKeyImage } from './keyImages.ts';
import { copyActions, itemActions } from './itemActions.ts';
import { openMenuByKey } from './menus.ts';
import { jobs, seriesForJob, startJob } from './jobs.ts';
import { layoutActions } from './layoutActions.ts';
import { openByDialog } from './opening.ts';
import { partCount, stepPart } from './parts.ts';
import { savePicture } from './pictures.ts';
import { savePlan } from './planFiles.ts';
import { changeItem, deleteItem, stepItem, stepSelection } from './planItems.ts';
import { copyTable, saveTable } from './planTables.ts';
import { openSecondWindow } from './secondWindow.ts';
import { slabActions } from './slabs.ts';
import { solidActions } from './solidActions.ts';
import { armTool, toolsOf } from './tools.ts';
import { resetView } from './turning.ts';
import { activeView, applyPreset, shownFrame, windowPresets } from './windows.ts';

const hasView = (desk: Desk): boolean => activeView(desk) !== undefined;
const selected = (desk: Desk): string | null => {
  const { selection } = desk.session.getState();
  return selection !== null && desk.plan.getState().plan.records[selection] !== undefined ? selection : null;
};
const hasOverlays = (series: Series | null): boolean =>
  series?.instances.some(({ overlays }) => overlays !== undefined && overlays.length > 0) ?? false;
const canEdit = (desk: Desk): boolean => !desk.plan.getState().readOnly;

const fixedActions: readonly Action[] = [
  {
    id: 'open.folder',
    title: 'Open a folder…',
    group: 'Open and save',
    keys: ['Mod+Shift+O'],
    run: (desk) => openByDialog(desk, 'folder'),
  },
  {
    id: 'open.files',
    title: 'Open files…',
    group: 'Open and save',
    keys: ['Mod+O'],
    run: (desk) => openByDialog(desk, 'files'),
  },
  {
    id: 'open.plan',
    title: 'Open a plan…',
    group: 'Open and save',
    keys: [],
    run: (desk) => openByDialog(desk, 'plan'),
  },
  {
    id: 'plan.save',
    title: 'Save the plan',
    group: 'Open and save',
    keys: ['Mod+S'],
    when: canSave,
    run: (desk) => savePlan(desk, { elsewhere: false }),
  },
  {
    id: 'plan.saveAs',
    title: 'Save the plan as…',
    group: 'Open and save',
    keys: ['Mod+Shift+S'],
    when: canSave,
    run: (desk) => savePlan(desk, { elsewhere: true }),
  },
  { id: 'table.copy', title: 'Copy table', group: 'Open and save', keys: [], when: hasItems, run: copyTable },
  {
    id: 'table.save',
    title: 'Save table (CSV)…',
    group: 'Open and save',
    keys: [],
    when: hasItems,
    run: (desk) => saveTable(desk, { patient: false }),
  },
  {
    id: 'table.saveNamed',
    title: 'Save table with the patient’s name (CSV)…',
    group: 'Open and save',
    keys: [],
    when: hasItems,
    run: (desk) => saveTable(desk, { patient: true }),
  },
  {
    id: 'picture.save',
    title: 'Save picture without names (PNG)…',
    group: 'Open and save',
    keys: [],
    when: hasView,
    run: (desk) => savePicture(desk, { names: false }),
  },
  {
    id: 'picture.saveNamed',
    title: 'Save picture with the patient’s name (PNG)…',
    group: 'Open and save',
    keys: [],
    when: hasView,
    run: (desk) => savePicture(desk, { names: true }),
  },

  ...scrolling('scroll.back', 'Previous picture', ['ArrowUp', 'ArrowLeft'], -1),
  ...scrolling('scroll.on', 'Next picture', ['ArrowDown', 'ArrowRight'], 1),
  ...scrolling('scroll.back10', '10 pictures back', ['PageUp'], -10),
  ...scrolling('scroll.on10', '10 pictures on', ['PageDown'], 10),
  {
    id: 'scroll.first',
    title: 'First picture',
    group: 'Scroll',
    keys: ['Home'],
    when: hasView,
    run: (desk) => activeView(desk)?.go({ index: 0 }),
  },
  {
    id: 'scroll.last',
    title: 'Last picture',
    group: 'Scroll',
    keys: ['End'],
    when: hasView,
    run(desk) {
      const view = activeView(desk);
      return view?.go({ index: view.state().count - 1 });
    },
  },
  {
    id: 'part.previous',
    title: 'Previous part (phase) of the series',
    group: 'Scroll',
    keys: [','],
    when: (desk) => partCount(desk) > 1,
    run: (desk) => stepPart(desk, -1),
  },
  {
    id: 'part.next',
    title: 'Next part (phase) of the series',
    group: 'Scroll',
    keys: ['.'],
    when: (desk) => partCount(desk) > 1,
    run: (desk) => stepPart(desk, 1),
  },
  {
    id: 'cine',
    title: 'Play or pause',
    group: 'Scroll',
    keys: ['Space'],
    when: canPlay,
    on: (desk) => activeView(desk)?.state().playing === true,
    run(desk) {
      const view = activeView(desk);
      view?.play(!view.state().playing);
    },
  },
  ...([1, -1] as const).map((by): Action => ({
    id: by > 0 ? 'cine.faster' : 'cine.slower',
    title: by > 0 ? 'Play faster' : 'Play slower',
    group: 'Scroll',
    keys: by > 0 ? ['+', '='] : ['-'],
    when: canPlay,
    run: (desk) => activeView(desk)?.changePace(by),
  })),

  {
    id: 'fit',
    title: 'Fit to the view',
    group: 'Picture',
    keys: ['F'],
    when: hasView,
    run: (desk) => activeView(desk)?.fit(),
  },
  {
    id: 'reset',
    title: 'Reset the view',
    group: 'Picture',
    keys: ['R'],
    when: hasView,
    hint: 'Fit, the opening window, thin planes that are not turned',
    run: resetView,
  },
  {
    id: 'invert',
    title: 'Invert grey levels',
    group: 'Picture',
    keys: ['I'],
    when: hasView,
    on: (desk) => activeView(desk)?.state().inverted === true,
    run: (desk) => activeView(desk)?.invert(),
  },
  {
    id: 'zoom.in',
    title: 'Zoom in',
    group: 'Picture',
    keys: [],
    when: hasView,
    run: (desk) => activeView(desk)?.zoomBy(1.25),
  },
  {
    id: 'zoom.out',
    title: 'Zoom out',
    group: 'Picture',
    keys: [],
    when: hasView,
    run: (desk) => activeView(desk)?.zoomBy(0.8),
  },
  {
    id: 'crosshair',
    title: 'Linked crosshair',
    group: 'Picture',
    keys: ['X'],
    when: (desk) => isOfPlanes(desk.session.getState().layout),
    on: (desk) => desk.session.getState().crosshair && isOfPlanes(desk.session.getState().layout),
    run: (desk) => desk.session.setState((state) => ({ crosshair: !state.crosshair })),
  },
  ...slabActions,
  ...solidActions,
  {
    id: 'marks.hide',
    title: 'Hide marks',
    group: 'Picture',
    keys: ['B'],
    on: (desk) => desk.session.getState().marksHidden,
    run(desk) {
      const hidden = !desk.session.getState().marksHidden;
      desk.session.setState({ marksHidden: hidden });
      desk.tool.setHidden(hidden);
    },
  },
  {
    id: 'overlays.hide',
    title: 'Hide overlays of the file',
    group: 'Picture',
    keys: [],
    when: (desk) => hasOverlays(activeView(desk)?.loaded?.series ?? null),
    on: (desk) => desk.session.getState().overlaysHidden,
    run: (desk) => desk.session.setState((state) => ({ overlaysHidden: !state.overlaysHidden })),
  },
  {
    id: 'names.hide',
    title: 'Hide names',
    group: 'Picture',
    keys: ['Shift+H'],
    on: (desk) => desk.session.getState().namesHidden,
    run: (desk) => desk.session.setState((state) => ({ namesHidden: !state.namesHidden })),
  },

  {
    id: 'undo',
    title: 'Undo',
    group: 'Plan',
    keys: ['Mod+Z'],
    when: (desk) => canEdit(desk) && desk.plan.getState().canUndo !== null,
    run: (desk) => desk.plan.undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Plan',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    when: (desk) => canEdit(desk) && desk.plan.getState().canRedo !== null,
    run: (desk) => desk.plan.redo(),
  },
  {
    id: 'item.delete',
    title: 'Delete the selected item',
    group: 'Plan',
    keys: ['Delete', 'Backspace'],
    // While an item is placed or moved the key means that one, and must not take an older one.
    when: (desk, key) => canEdit(desk) && selected(desk) !== null && !meansPoint(desk, key),
    run(desk) {
      const id = selected(desk);
      if (id !== null) deleteItem(desk, id);
    },
  },
  {
    id: 'item.rename',
    title: 'Rename the selected item',
    group: 'Plan',
    keys: ['F2'],
    when: (desk) => canEdit(desk) && selected(desk) !== null,
    run: (desk) => desk.session.setState({ renaming: selected(desk) }),
  },
  {
    id: 'item.lock',
    title: 'Lock or unlock the selected item',
    group: 'Plan',
    keys: [],
    when: (desk) => canEdit(desk) && selected(desk) !== null,
    run(desk) {
      const id = selected(desk);
      const record = id === null ? undefined : desk.plan.getState().plan.records[id];
      if (id !== null && record?.type === 'item')
        changeItem(desk, id, record.locked === true ? `Unlock ${record.label}` : `Lock ${record.label}`, {
          locked: record.locked !== true,
        });
    },
  },
  ...([-1, 1] as const).map((by): Action => ({
    id: by < 0 ? 'item.up' : 'item.down',
    title: by < 0 ? 'Move the selected item up' : 'Move the selected item down',
    group: 'Plan',
    keys: [by < 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown'],
    when: (desk) => canEdit(desk) && selected(desk) !== null,
    run(desk) {
      const id = selected(desk);
      if (id !== null) stepItem(desk, id, by);
    },
  })),
  {
    id: 'keyImage',
    title: 'Keep the active view as a key image',
    group: 'Plan',
    keys: ['K'],
    when: (desk) => canEdit(desk) && hasView(desk),
    run: keepKeyImage,
  },
  {
    id: 'ratio',
    title: 'Ratio of two numbers…',
    group: 'Plan',
    keys: [],
    when: (desk) => canEdit(desk) && hasItems(desk),
    run: (desk) => desk.session.setState({ dialog: 'ratio' }),
  },
  { id: 'item.next', title: 'Next item', group: 'Plan', keys: [']'], run: (desk) => stepSelection(desk, 1) },
  { id: 'item.previous', title: 'Previous item', group: 'Plan', keys: ['['], run: (desk) => stepSelection(desk, -1) },

  {
    id: 'escape',
    title: 'Leave the tool, the full view or the selection',
    group: 'Program',
    keys: ['Escape'],
    run(desk) {
      if (desk.tool.escape()) return;
      const { full, selection } = desk.session.getState();
      if (full !== null) desk.session.setState({ full: null });
      else if (selection !== null) desk.session.setState({ selection: null });
    },
  },
  ...itemActions,
  ...copyActions,
  {
    id: 'menu',
    title: 'Menu of what has the focus',
    group: 'Program',
    keys: ['Shift+F10', 'ContextMenu'],
    run: openMenuByKey,
  },
  {
    id: 'takeBack',
    title: 'Take back the last point',
    group: 'Tools',
    keys: ['Backspace', 'Delete'],
    when: (desk, key) => desk.tool.getState().state === 'placing' && meansPoint(desk, key),
    run: (desk) => void desk.tool.takeBack(),
  },
  {
    id: 'tool.confirm',
    title: 'Finish the item being placed',
    group: 'Tools',
    keys: ['Enter'],
    when: (desk) => desk.tool.getState().state === 'placing',
    run: (desk) => desk.tool.confirm(),
  },
  {
    id: 'header',
    title: 'Image header…',
    group: 'Picture',
    keys: ['H'],
    when: hasView,
    run: (desk) => desk.session.setState({ dialog: 'header' }),
  },
  {
    id: 'palette',
    title: 'Find a command…',
    group: 'Program',
    keys: ['Mod+K'],
    run: (desk) => desk.session.setState({ dialog: 'palette' }),
  },
  {
    id: 'settings',
    title: 'Settings…',
    group: 'Program',
    keys: ['Mod+,'],
    run: (desk) => desk.session.setState({ dialog: 'settings' }),
  },
  {
    id: 'help',
    title: 'Keys and mouse',
    group: 'Program',
    keys: ['?'],
    run: (desk) => desk.session.setState({ dialog: 'help' }),
  },
  {
    id: 'window.second',
    title: 'Second window, for another monitor',
    group: 'Layout',
    keys: ['Alt+N'],
    when: (desk) => desk.session.getState().sources.length > 0,
    run: openSecondWindow,
  },
  {
    id: 'about',
    title: 'About Seldinger',
    group: 'Program',
    keys: [],
    run: (desk) => desk.session.setState({ dialog: 'about' }),
  },
];

/** Slices of a stack play too: a flight through them. */
function canPlay(desk: Desk): boolean {
  const view = activeView(desk);
  return view?.kind === 'stack' && view.state().count > 1;
}

/**
 * What is taken away is of the item half placed or held, not one of the plan. A tool that waits for its first point has
 * nothing to give; but Backspace pressed once too often for its points must not go on to what was placed before.
 */
function meansPoint(desk: Desk, key: Key | undefined): boolean {
  const state = desk.tool.getState();
  return state.state === 'placing' ? state.set > 0 || key === 'Backspace' : state.state !== 'idle';
}

function hasItems(desk: Desk): boolean {
  return Object.values(desk.plan.getState().plan.records).some(({ type }) => type === 'item');
}

function canSave(desk: Desk): boolean {
  const { plan, readOnly } = desk.plan.getState();
  return !readOnly && (!isEmptyPlan(plan) || desk.session.getState().planSource !== null);
}

function scrolling(id: string, title: string, keys: readonly Key[], by: number): readonly Action[] {
  return [{ id, title, group: 'Scroll', keys, when: hasView, run: (desk) => activeView(desk)?.scroll(by) }];
}

const jobActions: readonly Action[] = jobs.map((job) => ({
  id: `job.${job.id}`,
  title: `Job: ${job.title}`,
  group: 'Tools',
  keys: [],
  when: (desk) => seriesForJob(desk, job) !== null,
  run: (desk) => startJob(desk, job),
}));

/** The whole table, with the keys that act now. */
export function actionsOf(desk: Desk): readonly Action[] {
  return withOwnKeys(tableOf(desk), desk.settings.getState());
}

/** The whole table with its own keys; tools come from the registry of kinds, window presets from what is shown. */
export function tableOf(desk: Desk): readonly Action[] {
  const tools = toolsOf(desk.kinds).map(({ id, kind }): Action => ({
    id: `tool.${id}`,
    title: kind.tool.name,
    group: 'Tools',
    keys: kind.tool.key === '' ? [] : [kind.tool.key],
    ...(kind.tool.hint === undefined ? {} : { hint: kind.tool.hint }),
    when: (at) => hasView(at) && canEdit(at),
    on: (at) => {
      const state = at.tool.getState();
      return state.state === 'placing' && state.tool === kind.tool.name;
    },
    run: (at) => armTool(at, id, false),
  }));
  const view = activeView(desk);
  const series = view?.loaded?.series ?? shownSeries(desk.session.getState());
  const windows = windowPresets(series, shownFrame(view)).map((preset): Action => ({
    id: `window.${preset.id}`,
    title: `Window: ${preset.name}`,
    group: 'Window',
    keys: preset.key === null ? [] : [preset.key],
    when: hasView,
    run: (at) => applyPreset(at, preset.id),
  }));
  const typed: Action = {
    id: 'window.type',
    title: 'Window: type it…',
    group: 'Window',
    keys: ['Shift+V'],
    when: hasView,
    run: (at) => at.session.setState({ dialog: 'window' }),
  };
  return [
    ...fixedActions.filter(({ group }) => group === 'Open and save'),
    ...layoutActions,
    ...jobActions,
    ...tools,
    ...windows,
    typed,
    ...fixedActions.filter(({ group }) => group !== 'Open and save'),
  ];
}

export function actionById(desk: Desk, id: string): Action | undefined {
  return actionsOf(desk).find((action) => action.id === id);
}
export function allowed(desk: Desk, action: Action, key?: Key): boolean {
  return action.when?.(desk, key) ?? true;
}
