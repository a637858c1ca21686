import { beforeEach, describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/measurements/index.ts';
import type { MeasurementKind } from '../../../src/measurements/index.ts';
import type { ImageSpace } from '../../../src/plan/index.ts';
import { createMachine } from '../../../renderer/marks/machine.ts';
import type { Machine } from '../../../renderer/marks/machine.ts';
import { fakePort, patient } from './fakePort.ts';
import type { FakePort } from './fakePort.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

const length = required(kindOf('length'));
function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing');
  return value;
}
const image: ImageSpace = { in: 'image', seriesInstanceUID: '9', sopInstanceUID: '9.1', frame: 1 };
const p = (x: number, y: number, z: number) => ({ on: patient, point: [x, y, z] as const });

/** Two points, then any number of further ones until Enter. */
const path: MeasurementKind = {
  ...length,
  name: 'path',
  title: 'Path',
  steps: [
    { handle: 'start', asks: 'Click the start' },
    { handle: 'next', asks: 'Click the next point', optional: true },
  ],
  finish: ({ on, points, label, order, side }, confirmed) =>
    confirmed && points.length > 1 ? { type: 'item', kind: 'path', on, points, label, order, side } : undefined,
};

/** One that goes on where it is asked to, but not within a millimetre of what it has. */
const growing: MeasurementKind = {
  ...path,
  name: 'growing',
  handles: (item) => pointsOf(item).map((at, n) => ({ name: `${n}`, at, title: `Point ${n}` })),
  addPoint: (item, at) =>
    pointsOf(item).some((one) => Math.hypot(...one.map((mm, axis) => mm - (at[axis] ?? 0))) < 1) || at.length !== 3
      ? undefined
      : { ...item, points: [...pointsOf(item), at] },
};
function pointsOf(item: { readonly [field: string]: unknown }): readonly (readonly [number, number, number])[] {
  const points: unknown = item['points'];
  return isPoints(points) ? points : [];
}
function isPoints(value: unknown): value is readonly (readonly [number, number, number])[] {
  return Array.isArray(value);
}

let port: FakePort;
let machine: Machine;
beforeEach(() => {
  port = fakePort([path, growing]);
  machine = createMachine(port);
});

describe('placing', () => {
  it('asks for each step, makes one entry of the history and falls back to navigation', () => {
    machine.arm(length);
    expect(machine.getState()).toEqual({
      state: 'placing',
      kind: 'length',
      tool: 'Length',
      step: 0,
      set: 0,
      asks: 'Click the start of the length',
      sticky: false,
    });
    expect(machine.click(p(1, 2, 3))).toBe(true);
    expect(machine.getState()).toMatchObject({ step: 1, set: 1, asks: 'Click the end of the length' });
    expect(port.edits).toHaveLength(0);
    machine.click(p(4, 2, 3));
    expect(machine.getState()).toEqual({ state: 'idle' });
    expect(port.edits.map(({ title }) => title)).toEqual(['Place Length 1']);
    expect(port.plan().records['item-1']).toMatchObject({ points: [[1, 2, 3], [4, 2, 3]], on: patient }); // prettier-ignore
    expect(port.selection).toBe('item-1');
    expect(port.followed).toEqual([[1, 2, 3], [4, 2, 3]]); // prettier-ignore
  });
  it('places a polygon corner by corner, closed by a click on the first, and an ellipse along the sides of the view', () => {
    const area = required(kindOf('area'));
    machine.arm({ ...area, ...required(area.otherTools?.[0]) });
    for (const place of [p(0, 0, 0), p(10, 0, 0), p(10, 10, 0), p(0, 10, 0)]) expect(machine.click(place)).toBe(true);
    expect(machine.getState()).toMatchObject({ state: 'placing', kind: 'area', asks: containing('Enter') });
    machine.click(p(0.1, 0, 0));
    expect(machine.getState()).toEqual({ state: 'idle' });
    expect(port.plan().records['item-1']).toMatchObject({ polygon: [[0, 0, 0], [10, 0, 0], [10, 10, 0], [0, 10, 0]] }); // prettier-ignore
    machine.arm(area);
    const turned = { normal: [0, 0, 1], right: [0.6, 0.8, 0] } as const;
    machine.click({ ...p(0, 0, 0), ...turned });
    machine.click({ ...p(10, 0, 0), ...turned });
    const record = port.plan().records['item-2'];
    const ellipse = record?.type === 'item' ? required(area.handles(area.parse(record))[1]).at : [];
    expect(ellipse[0]).toBeCloseTo(5 + 3 * 0.6, 9);
    expect(ellipse[1]).toBeCloseTo(3 * 0.8, 9);
  });
  it('keeps what is complete but for points that may be left out when another tool is taken, and drops what is not', () => {
    const stenosis = required(kindOf('stenosis'));
    machine.arm(stenosis);
    for (const place of [p(0, 0, 0), p(2, 0, 0), p(0, 10, 0)]) machine.click(place);
    machine.arm(length);
    expect(port.edits).toHaveLength(0);
    machine.arm(stenosis);
    for (const place of [p(0, 0, 0), p(2, 0, 0), p(0, 10, 0), p(5, 10, 0)]) machine.click(place);
    machine.arm(length);
    expect(Object.values(port.plan().records)).toMatchObject([{ kind: 'stenosis', lesion: [[0, 0, 0], [2, 0, 0]] }]); // prettier-ignore
    expect(machine.getState()).toMatchObject({ state: 'placing', kind: 'length', set: 0 });
    // Escape drops even what is complete.
    machine.arm(path);
    for (const place of [p(0, 0, 0), p(2, 0, 0)]) machine.click(place);
    machine.escape();
    expect(Object.keys(port.plan().records)).toHaveLength(1);
  });
  it('keeps with the item which of its points were set on another series of the frame of reference', () => {
    const portal = { ...patient, seriesInstanceUID: '2.2' };
    const from = { seriesInstanceUID: '2.2', part: patient.part };
    machine.arm(length);
    machine.click(p(1, 2, 3));
    machine.click({ ...p(4, 2, 3), on: portal });
    expect(port.plan().records['item-1']).toMatchObject({ on: patient, pointsFrom: [{ handle: 'end', ...from }] });
    machine.grab('item-1', 'start');
    machine.drag([1, 2, 4], undefined, portal);
    machine.drop();
    machine.nudge('item-1', 'end', [4, 2, 4], 0, patient);
    expect(port.plan().records['item-1']).toMatchObject({ pointsFrom: [{ handle: 'start', ...from }] });
    machine.grab('item-1', 'start');
    machine.drag([1, 2, 5], undefined, patient);
    machine.drop();
    expect(port.plan().records['item-1']).not.toHaveProperty('pointsFrom');
  });
  it('stays with a sticky tool until Escape', () => {
    machine.arm(length, { sticky: true });
    for (const x of [0, 1, 2, 3]) machine.click(p(x, 0, 0));
    expect(port.edits).toHaveLength(2);
    expect(machine.getState()).toMatchObject({ state: 'placing', step: 0, sticky: true });
    expect(machine.escape()).toBe(true);
    expect(machine.escape()).toBe(false);
    expect(machine.getState()).toEqual({ state: 'idle' });
  });
  it('leaves no trace of a half-placed item after Escape', () => {
    const before = port.plan();
    machine.arm(length);
    machine.click(p(0, 0, 0));
    machine.hover(p(5, 0, 0));
    expect(machine.preview()?.shapes).toEqual([{ type: 'polyline', points: [[0, 0, 0], [5, 0, 0]], role: 'main' }]); // prettier-ignore
    expect(machine.escape()).toBe(true);
    expect(machine.preview()).toBeUndefined();
    expect(port.plan()).toBe(before);
    expect(port.edits).toHaveLength(0);
    machine.click(p(9, 9, 9));
    expect(port.edits).toHaveLength(0);
  });
  it('refuses a click in another image, another frame of reference or the 3D view, and says so with the step', () => {
    machine.arm(length);
    machine.click(p(0, 0, 0));
    expect(machine.click({ on: image, point: [1, 1] })).toBe(false);
    expect(machine.getState()).toMatchObject({
      step: 1,
      asks: 'All points must lie in the series where you began: this is another one. Click the end of the length',
    });
    expect(machine.click({ on: { ...patient, frameOfReferenceUID: '7' }, point: [1, 1, 1] })).toBe(false);
    expect(machine.getState()).toMatchObject({ asks: containing('frame of reference') });
    expect(machine.click({ ...p(1, 1, 1), projected: true })).toBe(false);
    expect(machine.getState()).toMatchObject({ asks: containing('slice view') });
    expect(machine.click({ on: { ...patient, seriesInstanceUID: 'other' }, point: [1, 1, 1] })).toBe(true);
    expect(port.edits).toHaveLength(1);
  });
  it('refuses a point in another phase of the series: the organ has moved there', () => {
    machine.arm(length);
    machine.click({ on: { ...patient, part: 'arterial' }, point: [0, 0, 0] });
    expect(machine.click({ on: { ...patient, part: 'portal' }, point: [1, 1, 1] })).toBe(false);
    expect(machine.getState()).toMatchObject({
      step: 1,
      asks: containing('where you began, arterial: this is portal'),
    });
    expect(machine.click({ on: { ...patient, part: 'arterial' }, point: [1, 1, 1] })).toBe(true);
  });
  it('refuses points of two frames of one image', () => {
    machine.arm(length);
    machine.click({ on: image, point: [1, 1] });
    machine.click({ on: { ...image, frame: 2 }, point: [2, 2] });
    expect(machine.getState()).toMatchObject({
      asks: containing('you began on frame 1, this is frame 2'),
    });
  });
  it('refuses a kind that needs a volume on a single image', () => {
    machine.arm({ ...length, tool: { ...length.tool, name: 'Needle', spaces: ['patient'] } });
    machine.click({ on: image, point: [1, 1] });
    expect(machine.getState()).toMatchObject({ step: 0, asks: containing('Needle cannot be placed') });
  });
  it('ends optional steps with Enter, and not before there is enough', () => {
    machine.arm(path);
    machine.confirm();
    machine.click(p(0, 0, 0));
    machine.confirm();
    expect(machine.getState()).toMatchObject({ step: 1, asks: 'Click the next point, or press Enter to finish' });
    for (const x of [1, 2, 3]) machine.click(p(x, 0, 0));
    expect(machine.getState()).toMatchObject({ state: 'placing', step: 1 });
    machine.confirm();
    expect(machine.getState()).toEqual({ state: 'idle' });
    expect(port.edits).toHaveLength(1);
  });
  it('keeps the points before a click that the kind cannot use, and goes on from there', () => {
    const fussy: MeasurementKind = {
      ...length,
      finish(draft) {
        const [a, b] = draft.points;
        if (a && b && a[0] === b[0]) throw new RangeError('it has no width');
        if (b && b[0] < 0) return undefined;
        return length.finish(draft);
      },
    };
    machine.arm(fussy);
    machine.click(p(0, 0, 0));
    expect(machine.click(p(0, 1, 0))).toBe(false);
    expect(machine.getState()).toMatchObject({ step: 1, asks: containing('it has no width') });
    expect(machine.click(p(-1, 0, 0))).toBe(false);
    expect(machine.getState()).toMatchObject({ step: 1, asks: containing('click another place') });
    machine.click(p(1, 0, 0));
    expect(port.edits).toHaveLength(1);
  });
  it('does not take the second press of a double click for a point', () => {
    machine.arm(length);
    machine.click(p(0, 0, 0));
    expect(machine.click(p(0, 0, 0))).toBe(false);
    expect(machine.getState()).toMatchObject({ step: 1 });
  });
  it('shows a half-placed stenosis as it will be, without lines between its pairs', () => {
    machine.arm(required(kindOf('stenosis')));
    machine.click(p(0, 0, 0));
    machine.click(p(4, 0, 0));
    machine.hover(p(0, 9, 0));
    expect(machine.preview()?.shapes).toEqual([
      { type: 'polyline', points: [[0, 0, 0], [4, 0, 0]], role: 'main' }, // prettier-ignore
      { type: 'polyline', points: [[0, 9, 0], [0, 9, 0]], role: 'reference' }, // prettier-ignore
    ]);
  });
  it('does not arm on a plan that is only read', () => {
    port.lock = true;
    machine.arm(length);
    expect(machine.getState()).toEqual({ state: 'idle' });
  });
});

describe('dragging', () => {
  beforeEach(() => {
    machine.arm(length);
    machine.click(p(0, 0, 0));
    machine.click(p(10, 0, 0));
  });
  it('makes one entry of any number of moves', () => {
    expect(machine.grab('item-1', 'end')).toBe(true);
    for (let x = 10; x <= 200; x++) machine.drag([x, 1, 0]);
    expect(machine.getState()).toEqual({ state: 'dragging', id: 'item-1', handle: 'end' });
    expect(port.edits).toHaveLength(1);
    machine.drop();
    expect(port.edits).toHaveLength(2);
    expect(port.edits[1]?.title).toBe('Move end of Length 1');
    expect(port.plan().records['item-1']).toMatchObject({ points: [[0, 0, 0], [200, 1, 0]] }); // prettier-ignore
  });
  it('puts everything back on Escape while dragging', () => {
    const before = port.plan();
    machine.grab('item-1', 'end');
    machine.drag([99, 0, 0]);
    expect(port.plan()).not.toBe(before);
    expect(machine.escape()).toBe(true);
    expect(port.plan()).toBe(before);
    machine.drag([50, 0, 0]);
    machine.drop();
    expect(port.edits).toHaveLength(1);
    expect(port.plan()).toBe(before);
  });
  it('makes no entry of a drag that ends where it began', () => {
    machine.grab('item-1', 'end');
    machine.drag([99, 0, 0]);
    machine.drag([10, 0, 0]);
    machine.drop();
    expect(port.edits).toHaveLength(1);
  });
  it('moves no handle of a locked item or a plan that is only read', () => {
    port.lock = true;
    expect(machine.grab('item-1', 'end')).toBe(false);
    port.lock = false;
    port.edit((records) => Object.fromEntries(Object.entries(records).map(([id, r]) => [id, { ...r, locked: true }])));
    expect(machine.grab('item-1', 'end')).toBe(false);
    machine.nudge('item-1', 'end', [1, 1, 1], 0);
    expect(port.edits).toHaveLength(1);
  });
  it('lets go of an item that is deleted under the hand', () => {
    machine.grab('item-1', 'end');
    port.edit(() => ({}));
    machine.drag([99, 0, 0]);
    expect(machine.getState()).toEqual({ state: 'idle' });
    expect(port.plan().records).toEqual({});
  });
  it('makes one entry of one press of an arrow key', () => {
    machine.nudge('item-1', 'end', [10.1, 0, 0], 0);
    expect(port.edits).toHaveLength(2);
  });
  it('makes one entry of arrow keys that follow within a second, each journalled, and a new one after a pause or another act', () => {
    const end = (): unknown => port.plan().records['item-1'];
    for (let press = 1; press <= 20; press += 1) machine.nudge('item-1', 'end', [10 + press, 0, 0], 900 * press);
    expect(port.edits).toHaveLength(21);
    port.undo();
    expect(end()).toMatchObject({ points: [[0, 0, 0], [10, 0, 0]] }); // prettier-ignore
    machine.nudge('item-1', 'end', [11, 0, 0], 50_000);
    machine.nudge('item-1', 'end', [12, 0, 0], 51_001);
    machine.nudge('item-1', 'start', [1, 0, 0], 51_100);
    for (const points of [
      [
        [0, 0, 0],
        [12, 0, 0],
      ],
      [
        [0, 0, 0],
        [11, 0, 0],
      ],
      [
        [0, 0, 0],
        [10, 0, 0],
      ],
    ]) {
      // prettier-ignore
      port.undo();
      expect(end()).toMatchObject({ points });
    }
  });
  it('leaves nothing to take back of keys that went there and back within a second', () => {
    machine.nudge('item-1', 'end', [11, 0, 0], 100);
    machine.nudge('item-1', 'end', [10, 0, 0], 200);
    port.undo();
    expect(port.plan().records).toEqual({});
  });
});

describe('keys alone', () => {
  const image2: ImageSpace = { ...image, frame: 2 };
  it('Enter sets a point, and ends the item only where the last one was set', () => {
    machine.arm(path);
    expect(machine.enter(p(0, 0, 0))).toBe(true);
    // The same place on the screen, another slice.
    expect(machine.enter(p(0, 0, 10))).toBe(true);
    expect(machine.getState()).toMatchObject({ state: 'placing', step: 1 });
    machine.enter(p(0, 1e-9, 10));
    expect(machine.getState()).toEqual({ state: 'idle' });
    expect(port.plan().records['item-1']).toMatchObject({ points: [[0, 0, 0], [0, 0, 10]] }); // prettier-ignore
  });
  it('Enter in another image says so and ends nothing', () => {
    machine.arm(path);
    for (const x of [1, 2]) machine.enter({ on: image, point: [x, 1] });
    expect(machine.enter({ on: image2, point: [2, 1] })).toBe(false);
    expect(machine.getState()).toMatchObject({ state: 'placing', asks: containing('this is frame 2') });
  });
  it('Backspace takes the last point back, to the first, and then leaves the tool as it was', () => {
    machine.arm(path);
    for (const x of [0, 1, 2]) machine.enter(p(x, 0, 0));
    expect(machine.takeBack()).toBe(true);
    machine.hover(p(5, 5, 0));
    expect(machine.preview()?.points).toEqual([[0, 0, 0], [1, 0, 0]]); // prettier-ignore
    expect([machine.takeBack(), machine.takeBack(), machine.takeBack()]).toEqual([true, true, false]);
    expect(machine.getState()).toMatchObject({ state: 'placing', step: 0 });
    // It may begin elsewhere now.
    for (const x of [1, 2]) expect(machine.enter({ on: image, point: [x, 1] })).toBe(true);
    machine.confirm();
    expect(port.plan().records['item-1']).toMatchObject({ on: image, points: [[1, 1], [2, 1]] }); // prettier-ignore
    expect(port.edits).toHaveLength(1);
  });
  it('Backspace while a form asks goes back to the last point', () => {
    machine.arm(required(kindOf('note')));
    machine.enter(p(1, 2, 3));
    expect(machine.getState()).toMatchObject({ state: 'asking' });
    expect(machine.takeBack()).toBe(true);
    expect(machine.getState()).toMatchObject({ state: 'placing', kind: 'note', step: 0 });
  });
});

describe('a point more', () => {
  const put = (locked = false): void =>
    port.edit(() => ({
      a: { type: 'item', kind: 'growing', on: patient, label: 'Way', order: 1, side: null, locked, points: [[0, 0, 0], [9, 0, 0]] }, // prettier-ignore
    }));

  it('is one entry of the history, and the views follow it; there is none where there is no room', () => {
    put();
    expect(machine.addPoint('a', [12, 1, 0], 'beyond')).toBe(true);
    expect(port.edits.map(({ title }) => title)).toEqual(['Add a point to Way']);
    expect(port.plan().records['a']).toMatchObject({ points: [[0, 0, 0], [9, 0, 0], [12, 1, 0]] }); // prettier-ignore
    expect(port.followed).toEqual([[12, 1, 0]]);
    expect(machine.addPoint('a', [12.5, 1, 0], 'beyond')).toBe(false);
    expect(port.edits).toHaveLength(1);
  });

  it('is not added to a locked item, while a tool is armed, or to a kind without lines', () => {
    put(true);
    expect(machine.addPoint('a', [12, 1, 0], 'beyond')).toBe(false);
    put();
    machine.arm(length);
    expect(machine.addPoint('a', [12, 1, 0], 'beyond')).toBe(false);
    machine.escape();
    machine.arm(length);
    machine.click(p(1, 2, 3));
    machine.click(p(4, 2, 3));
    expect(machine.addPoint('item-1', [8, 2, 3], 'within')).toBe(false);
  });
});
