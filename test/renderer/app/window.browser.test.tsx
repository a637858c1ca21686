import axe from 'axe-core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { DeskContext, type Desk } from '../../../renderer/actions/index.ts';
import { Window } from '../../../renderer/app/index.ts';
import type { PlanItem } from '../../../src/plan/index.ts';
import { on } from '../workers/smallSeries.ts';
import { fakeDesk } from './fakeDesk.ts';
import '../../../renderer/ui/tokens.css';
import '../../../renderer/ui/base.css';
import '../../../renderer/ui/controls.css';

const length = (label: string, order: number, mm: number): PlanItem => ({
  type: 'item',
  kind: 'length',
  label,
  order,
  side: null,
  on,
  points: [
    [0, 0, 0],
    [mm, 0, 0],
  ],
});

describe('the window', () => {
  let desk: Desk;
  let root: Root;
  let place: HTMLElement;
  beforeEach(async () => {
    desk = await fakeDesk();
    place = document.createElement('div');
    place.id = 'root';
    document.body.append(place);
    root = createRoot(place);
    root.render(
      <DeskContext value={desk}>
        <Window />
      </DeskContext>,
    );
    await expect.element(page.getByRole('list', { name: 'Plan' })).toBeInTheDocument();
  });
  afterEach(() => {
    root.unmount();
    place.remove();
  });
  const measure = async (): Promise<void> => {
    desk.plan.edit('two lengths', (gesture) => {
      gesture.put('a', length('Length 1', 1, 12.3));
      gesture.put('b', length('Length 2', 2, 45));
    });
    await desk.plan.settled();
  };
  const record = (id: string): unknown => desk.plan.getState().plan.records[id];

  it('says word for word what the program is not', async () => {
    await expect
      .element(
        page.getByText(
          'Research and teaching software. Not a cleared medical device. Not for diagnosis, and not to guide treatment without independent check on approved systems.',
          { exact: true },
        ),
      )
      .toBeVisible();
  });

  it('lists each item with its number and unit, renames in place, hides, locks and deletes, each one step of undo', async () => {
    await measure();
    const items = page.getByRole('list', { name: 'Plan' }).getByRole('listitem');
    await expect.element(items.nth(0)).toHaveTextContent(/Length 1.*12\.3 mm/);
    await expect.element(items.nth(1)).toHaveTextContent(/Length 2.*45\.0 mm/);

    await page.getByRole('button', { name: 'Rename Length 1' }).click();
    await userEvent.keyboard('Neck{Enter}');
    expect(record('a')).toMatchObject({ label: 'Neck' });
    await page.getByRole('button', { name: 'Hide Neck' }).click();
    expect(record('a')).toMatchObject({ hidden: true });
    await page.getByRole('button', { name: 'Lock Neck' }).click();
    await expect.element(page.getByRole('button', { name: 'Delete Neck' })).toBeDisabled();
    await page.getByRole('button', { name: 'Delete Length 2' }).click();
    expect(record('b')).toBeUndefined();

    for (const title of ['Delete Length 2', 'Lock Neck', 'Hide Neck', 'Rename Length 1']) {
      expect(desk.plan.getState().canUndo).toBe(title);
      await userEvent.keyboard('{Control>}z{/Control}');
    }
    expect(record('a')).toEqual(length('Length 1', 1, 12.3));
    expect(record('b')).toEqual(length('Length 2', 2, 45));
  });

  it('leaves a name as it was on Escape, and takes letters typed there for letters', async () => {
    await measure();
    desk.session.setState({ selection: 'a' });
    await userEvent.keyboard('{F2}');
    await expect.element(page.getByRole('textbox', { name: 'Name of the item' })).toHaveFocus();
    await userEvent.keyboard('bxl');
    expect(desk.session.getState().marksHidden).toBe(false);
    await userEvent.keyboard('{Escape}');
    expect(record('a')).toMatchObject({ label: 'Length 1' });
    expect(desk.session.getState().selection).toBe('a');
  });

  it('finds every command by a few letters and runs it', async () => {
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('hide na');
    await expect.element(page.getByRole('menuitem')).toHaveTextContent('Hide names');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.poll(() => desk.session.getState().namesHidden).toBe(true);
    expect(desk.session.getState().dialog).toBeNull();
  });

  it('shows every key of the table on the help page', async () => {
    await userEvent.keyboard('?');
    const dialog = page.getByRole('dialog');
    for (const text of ['Needle', 'Ablation zone', 'Undo', 'Linked crosshair', 'Ctrl+Shift+Z', 'F2'])
      await expect.element(dialog.getByText(text, { exact: true }).first()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => desk.session.getState().dialog).toBeNull();
  });

  it('has no fault that axe knows, empty, with items and with a dialog open', async () => {
    const faults = async (palette = false): Promise<string[]> => {
      const { violations } = await axe.run(document, {
        rules: {
          region: { enabled: false },
          'document-title': { enabled: false },
          'html-has-lang': { enabled: false },
          // The palette's list is moved by the arrow keys of its text field (aria-activedescendant), which axe cannot see.
          'scrollable-region-focusable': { enabled: !palette },
        },
      });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    };
    expect(await faults()).toEqual([]);
    await measure();
    desk.session.setState({ selection: 'a' });
    await expect.element(page.getByRole('heading', { name: /Length 1/ })).toBeVisible();
    expect(await faults()).toEqual([]);
    desk.session.setState({ dialog: 'palette' });
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await faults(true)).toEqual([]);
  });
});

it('shows how far a long computation is, and its way out takes back what it was for', async () => {
  const stopped: AbortSignal[] = [];
  const desk = await fakeDesk((plan, { signal, progress }) => {
    if (Object.keys(plan.records).length === 0) return Promise.resolve({ items: [], failed: [] });
    stopped.push(signal);
    progress?.(0.4);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  root.render(
    <DeskContext value={desk}>
      <Window />
    </DeskContext>,
  );
  desk.plan.edit('a long one', (gesture) => gesture.put('a', length('Length 1', 1, 12.3)));
  await expect.element(page.getByText('Computing 40 %')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel: Computing' }).click();
  expect(stopped.map(({ aborted }) => aborted)).toEqual([true]);
  expect(desk.plan.getState().plan.records).toEqual({});
  await expect.element(page.getByText(/^Computing/)).not.toBeInTheDocument();
  root.unmount();
  place.remove();
});
