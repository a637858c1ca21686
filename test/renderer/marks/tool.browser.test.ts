import axe from 'axe-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/measurements/index.ts';
import type { ImageSpace } from '../../../src/plan/index.ts';
import type { ViewMap } from '../../../renderer/cornerstone/types.ts';
import { createTool } from '../../../renderer/marks/index.ts';
import type { Tool } from '../../../renderer/marks/index.ts';
import { fakePort, patient } from './fakePort.ts';
import type { FakePort } from './fakePort.ts';
import { fakeView, planeMap } from './fakeView.ts';
import type { FakeView } from './fakeView.ts';
import { realHand } from './hand.ts';
import type { Hand } from './hand.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

const pxPerMm = 2;
const axialMap = planeMap(patient, [10, 20, 30], [1, 0, 0], [0, 1, 0], [0, 0, 1], pxPerMm);
const coronalMap = planeMap(patient, [10, 20, 30], [1, 0, 0], [0, 0, -1], [0, 1, 0], pxPerMm);

let hand: Hand;
let port: FakePort;
let tool: Tool;
let axial: FakeView;
let views: FakeView[];
/** Places in the axial view as places on the page. */
const page = (x: number, y: number, view = axial): [number, number] => {
  const box = view.element.getBoundingClientRect();
  return [box.left + x, box.top + y];
};
const click = (x: number, y: number, view = axial): Promise<void> => hand.click(...page(x, y, view));
const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
const handles = (view = axial): SVGElement[] => [...view.element.querySelectorAll<SVGElement>('.marks-handle')];
const named = (name: string, view = axial): SVGElement => {
  const found = handles(view).find((handle) => handle.getAttribute('aria-label') === name);
  if (!found) throw new Error(`no handle named ${name}`);
  return found;
};
const pointsOf = (id = 'item-1'): unknown => {
  const record = port.plan().records[id];
  return record && 'points' in record ? record.points : undefined;
};
const endOfLength = (): number[] => {
  const points = pointsOf();
  const end: unknown = Array.isArray(points) ? points[1] : undefined;
  return Array.isArray(end) ? end.map(Number) : [];
};
const middle = (element: Element): [number, number] => {
  const box = element.querySelector('.marks-dot')?.getBoundingClientRect() ?? new DOMRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
};
function arm(sticky = false): void {
  const length = kindOf('length');
  if (!length) throw new Error('missing');
  tool.arm(length, { sticky });
}
async function placeLength(): Promise<void> {
  arm();
  await click(100, 120);
  await click(300, 160);
}
function attach(view: FakeView): FakeView {
  views.push(view);
  tool.attach(view);
  return view;
}

beforeAll(async () => {
  document.body.style.margin = '0';
  document.documentElement.lang = 'en';
  document.title = 'Marks';
  hand = await realHand();
});
afterAll(() => hand.end());
beforeEach(() => {
  port = fakePort();
  tool = createTool(port);
  views = [];
  axial = attach(fakeView('Axial', 'mpr', axialMap, [0, 0]));
});
afterEach(() => {
  for (const view of views) view.destroy();
});

describe('placing with the mouse', () => {
  it('makes the patient points under the pixels that were clicked, and never moves the window below', async () => {
    await placeLength();
    // 2 px a mm, (10, 20, 30) in the middle (200, 200).
    expect(pointsOf()).toEqual([[-40, -20, 30], [60, 0, 30]]); // prettier-ignore
    expect(port.edits).toHaveLength(1);
    expect(tool.getState()).toEqual({ state: 'idle' });
    expect(axial.heard).toEqual([]);
  });
  it('places both points of one press that is drawn out', async () => {
    arm();
    await hand.move(...page(100, 120));
    await hand.down();
    await hand.move(...page(200, 140));
    await hand.move(...page(300, 160));
    await hand.up();
    expect(pointsOf()).toEqual([[-40, -20, 30], [60, 0, 30]]); // prettier-ignore
  });
  it('draws a rubber band to the pointer and leaves nothing after Escape', async () => {
    const before = port.plan();
    arm();
    await click(100, 120);
    await hand.move(...page(250, 260));
    const band = (): string[] =>
      [...axial.element.querySelectorAll('path[data-item=" draft"]')].map((path) => path.getAttribute('d') ?? '');
    expect(band().join()).toContain('M100 120L250 260');
    expect(tool.escape()).toBe(true);
    expect(band()).toEqual([]);
    expect(port.plan()).toBe(before);
    expect(port.edits).toHaveLength(0);
    await click(200, 200);
    expect(port.edits).toHaveLength(0);
  });
  it('lets the wheel and the middle and right buttons through while armed, and the left too when not', async () => {
    arm();
    await hand.wheel(...page(200, 200), 120);
    await hand.move(...page(200, 200));
    for (const button of ['middle', 'right'] as const) {
      await hand.down(button);
      await hand.up(button);
    }
    await frame();
    expect(axial.heard.filter((event) => event !== 'wheel')).toEqual([
      'pointerdown 1',
      'mousedown 1',
      'pointerdown 2',
      'mousedown 2',
    ]);
    expect(axial.heard).toContain('wheel');
    expect(port.edits).toHaveLength(0);
    tool.escape();
    axial.heard.length = 0;
    await click(200, 200);
    expect(axial.heard).toEqual(['pointerdown 0', 'mousedown 0']);
  });
  it('refuses the second point in a view of another space, with a sentence in the step line', async () => {
    const on: ImageSpace = { in: 'image', seriesInstanceUID: '9', sopInstanceUID: '9.1', frame: 3 };
    const map: ViewMap = { in: 'image', on, toCanvas: [2, 0, 0, 0, 2, 0], toPoint: ([x, y]) => [x / 2, y / 2] };
    const stack = attach(fakeView('Stack', 'stack', map, [420, 0]));
    arm();
    await click(100, 120);
    await click(100, 120, stack);
    expect(tool.getState()).toMatchObject({ step: 1, asks: containing('this is another one.') });
    tool.escape();
    arm();
    await click(100, 120, stack);
    await click(200, 120, stack);
    expect(port.plan().records['item-1']).toMatchObject({ on, points: [[50, 60], [100, 60]] }); // prettier-ignore
    expect(handles(stack)).toHaveLength(2);
    expect(handles(axial)).toHaveLength(0);
  });
});

describe('handles', () => {
  beforeEach(placeLength);

  it('move exactly as far as the mouse, taken beside their middle, as one entry of the history', async () => {
    const end = named('End of Length 1');
    const [x, y] = middle(end);
    expect([x, y]).toEqual(page(300, 160));
    await hand.move(x + 5, y - 4);
    await hand.down();
    for (let i = 1; i <= 10; i++) await hand.move(x + 5 + 2 * i, y - 4 + i);
    expect(tool.getState()).toEqual({ state: 'dragging', id: 'item-1', handle: 'end' });
    // At once, without waiting for an animation frame.
    expect(middle(end)).toEqual([x + 20, y + 10]);
    await hand.up();
    expect(pointsOf()).toEqual([[-40, -20, 30], [70, 5, 30]]); // prettier-ignore
    expect(port.edits.map(({ title }) => title)).toEqual(['Place Length 1', 'Move end of Length 1']);
    expect(axial.heard).toEqual([]);
  });
  it('go back on Escape while they are dragged', async () => {
    const before = port.plan();
    const [x, y] = middle(named('End of Length 1'));
    await hand.move(x, y);
    await hand.down();
    await hand.move(x + 60, y + 60);
    expect(port.plan()).not.toBe(before);
    expect(tool.escape()).toBe(true);
    await hand.move(x + 80, y + 80);
    await hand.up();
    expect(port.plan()).toBe(before);
    expect(port.edits).toHaveLength(1);
  });
  it('are moved by arrow keys, 0.1 mm a press and 1 mm with Shift, and keep the focus', async () => {
    const end = named('End of Length 1');
    end.focus();
    await hand.key('ArrowRight');
    await hand.key('ArrowDown');
    await hand.key('ArrowUp', true);
    await frame();
    const [x, y, z] = endOfLength();
    expect(x).toBeCloseTo(60.1, 9);
    expect(y).toBeCloseTo(-0.9, 9);
    expect(z).toBe(30);
    expect(port.edits).toHaveLength(4);
    expect(document.activeElement).toBe(end);
  });
  it('on an image move by 0.1 px along each direction, and by 0.1 mm once it has millimetres', async () => {
    // Columns are 2 CSS px wide, rows 4 high.
    const on: ImageSpace = { in: 'image', seriesInstanceUID: '9', sopInstanceUID: '9.1', frame: 3 };
    const map: ViewMap = { in: 'image', on, toCanvas: [2, 0, 0, 0, 4, 0], toPoint: ([x, y]) => [x / 2, y / 4] };
    const stack = attach(fakeView('Stack', 'stack', map, [420, 0]));
    arm();
    await click(100, 120, stack);
    await click(200, 120, stack);
    const end = (): number[] => {
      const points = pointsOf('item-2');
      const last: unknown = Array.isArray(points) ? points[1] : undefined;
      return Array.isArray(last) ? last.map((value) => Math.round(Number(value) * 1e9) / 1e9) : [];
    };
    named('End of Length 2', stack).focus();
    await hand.key('ArrowRight');
    await hand.key('ArrowDown');
    expect(end()).toEqual([100.1, 30.1]);
    port.scales.set('9.1', [0.5, 0.25]);
    await hand.key('ArrowRight');
    await hand.key('ArrowDown', true);
    expect(end()).toEqual([100.3, 34.1]);
  });
  it('let the wheel scroll over them', async () => {
    await hand.wheel(...middle(named('End of Length 1')), 120);
    await frame();
    expect(axial.heard).toEqual(['wheel']);
  });
  it('are gone on a locked item and a plan that is only read', async () => {
    port.edit((records) => Object.fromEntries(Object.entries(records).map(([id, r]) => [id, { ...r, locked: true }])));
    await frame();
    expect(handles()).toHaveLength(0);
    expect(axial.element.querySelectorAll('path').length).toBeGreaterThan(0);
  });
  it('carry names, and the overlay has no fault that axe finds', async () => {
    expect(handles().map((handle) => handle.getAttribute('aria-label'))).toEqual([
      'Start of Length 1',
      'End of Length 1',
    ]);
    for (const handle of handles()) {
      expect(handle.getAttribute('role')).toBe('button');
      expect(handle.getAttribute('tabindex')).toBe('0');
    }
    const { violations } = await axe.run(axial.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});

describe('what is seen', () => {
  beforeEach(placeLength);

  it('a click on a line selects its item, one beside it (which moves the crosshair) leaves the selection', async () => {
    port.select(null);
    await click(200, 145);
    expect(port.selection).toBe('item-1');
    await click(200, 300);
    expect(port.selection).toBe('item-1');
  });
  it('the name and the number stand beside the item, off its handles', () => {
    const label = axial.element.querySelector<SVGTextElement>('text.marks-label');
    expect(label?.textContent).toBe('Length 1: 12.3 mm');
    const box = label?.getBoundingClientRect();
    for (const handle of handles()) {
      const [x, y] = middle(handle);
      const inside = box && x > box.left && x < box.right && y > box.top && y < box.bottom;
      expect(inside).toBe(false);
    }
  });
  it('an item is fainter on the slices beside it, dashed, without handles, and gone further away', () => {
    const main = (): Element | null => axial.element.querySelector('path[data-role="main"]');
    const opacity = (): number => Number(main()?.getAttribute('stroke-opacity') ?? 0);
    const at = (z: number): void =>
      axial.setMap(planeMap(patient, [10, 20, z], [1, 0, 0], [0, 1, 0], [0, 0, 1], pxPerMm));
    expect(opacity()).toBe(1);
    expect(main()?.getAttribute('stroke-dasharray')).toBe('none');
    at(33);
    const near = opacity();
    expect(near).toBeLessThan(1);
    expect(main()?.getAttribute('stroke-dasharray')).not.toBe('none');
    expect(handles()).toHaveLength(0);
    at(37);
    expect(opacity()).toBeLessThan(near);
    at(50);
    expect(main()).toBeNull();
    expect(axial.element.querySelector('text')).toBeNull();
  });
  it('an item is drawn where it lies in the other planes too, and moves there with the hand', async () => {
    const coronal = attach(fakeView('Coronal', 'mpr', coronalMap, [420, 0]));
    const [x, y] = middle(named('End of Length 1'));
    await hand.move(x, y);
    await hand.down();
    await hand.move(x, y + 40);
    // (60, 20, 30) lies in the coronal plane y = 20.
    const [cx, cy] = middle(named('End of Length 1', coronal));
    expect([cx, cy]).toEqual(page(300, 200, coronal));
    await hand.up();
  });
  it('hidden marks, and hidden items, are not drawn', async () => {
    tool.setHidden(true);
    expect(axial.element.querySelectorAll('path, text, .marks-handle')).toHaveLength(0);
    tool.setHidden(false);
    expect(axial.element.querySelectorAll('path').length).toBeGreaterThan(0);
    port.edit((records) => Object.fromEntries(Object.entries(records).map(([id, r]) => [id, { ...r, hidden: true }])));
    await frame();
    expect(axial.element.querySelectorAll('path, text, .marks-handle')).toHaveLength(0);
  });
  it('the 3D view is given the shapes once a change, not once a picture, and takes no points', async () => {
    const map = planeMap(patient, [10, 20, 30], [1, 0, 0], [0, 1, 0], [0, 0, 1], pxPerMm, true);
    const volume = attach(fakeView('3D', 'volume', map, [420, 0]));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(volume.shown).toHaveLength(1);
    expect(volume.shown[0]).toMatchObject([{ id: 'item-1', shapes: [{ type: 'polyline' }] }]);
    for (let i = 0; i < 5; i++) volume.setMap(map);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(volume.shown).toHaveLength(1);
    expect(volume.element.querySelector('text')?.textContent).toBe('Length 1: 12.3 mm');
    arm();
    await click(100, 100, volume);
    expect(tool.getState()).toMatchObject({ step: 0, asks: containing('slice view') });
  });
  it('writes no attribute when nothing has changed', async () => {
    let writes = 0;
    const observer = new MutationObserver((records) => (writes += records.length));
    observer.observe(axial.element, { subtree: true, attributes: true, childList: true, characterData: true });
    axial.setMap(axialMap);
    await frame();
    expect(writes).toBe(0);
    observer.disconnect();
  });
  it('is gone from a view that is detached', () => {
    const other = fakeView('Coronal', 'mpr', coronalMap, [420, 0]);
    views.push(other);
    const detach = tool.attach(other);
    expect(other.element.querySelector('svg')).not.toBeNull();
    detach();
    expect(other.element.querySelector('svg')).toBeNull();
  });
});
