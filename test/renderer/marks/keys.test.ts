import { describe, expect, it } from 'vitest';
import { kinds } from '../../../src/measurements/index.ts';
import type { MeasurementKind } from '../../../src/measurements/index.ts';
import type { ImageSpace } from '../../../src/plan/index.ts';
import { toolsOf } from '../../../renderer/actions/tools.ts';
import { createMachine } from '../../../renderer/marks/machine.ts';
import type { Machine, Place } from '../../../renderer/marks/machine.ts';
import { fakePort, patient } from './fakePort.ts';

const image: ImageSpace = { in: 'image', seriesInstanceUID: '9', sopInstanceUID: '9.1', frame: 1 };
/** Where a cross is stopped, one after another: corners of no straight line. */
const stops = [[0, 0], [40, 4], [44, 30], [-6, 36], [-20, 10], [-9, -14]] as const; // prettier-ignore
const places: Readonly<Record<string, (stop: readonly [number, number]) => Place>> = {
  'a picture of a stack': ([x, y]) => ({ on: image, point: [100 + x, 100 + y] }),
  'an axial plane': ([x, y]) => ({ on: patient, point: [x, y, 12], normal: [0, 0, 1], right: [1, 0, 0] }),
  'a coronal plane': ([x, y]) => ({ on: patient, point: [x, 7, -y], normal: [0, 1, 0], right: [1, 0, 0] }),
  'a turned plane': ([x, y]) => ({ on: patient, point: [0.8 * x, y, 0.6 * x], normal: [0.6, 0, -0.8], right: [0.8, 0, 0.6] }), // prettier-ignore
};

function answersTo({ form }: MeasurementKind): Record<string, string> {
  const fields = form?.fields({}) ?? [];
  return Object.fromEntries(
    fields.map(({ name, type, value, choices }) => [
      name,
      type === 'number' ? '2' : value === '' ? (choices?.at(-1)?.value ?? 'words') : value,
    ]),
  );
}

const cases = toolsOf(kinds).flatMap(({ kind }) =>
  Object.entries(places)
    .filter(([, place]) => kind.tool.spaces.includes(place([0, 0]).on.in))
    .map(([where, place]) => ({ kind, where, place, name: kind.tool.name })),
);

function end(machine: Machine, kind: MeasurementKind): void {
  if (machine.getState().state === 'asking') expect(machine.answer(answersTo(kind))).toBeUndefined();
  expect(machine.getState()).toEqual({ state: 'idle' });
}

describe.each(cases)('$name in $where', ({ kind, place }) => {
  it('is placed with Enter alone, each point taken back and set again, and is what clicks there make', () => {
    const [port, clicked] = [fakePort(), fakePort()];
    const [machine, mouse] = [createMachine(port), createMachine(clicked)];
    machine.arm(kind);
    mouse.arm(kind);
    for (const stop of stops.slice(0, kind.steps.length)) {
      const here = place(stop);
      machine.hover(here);
      expect(machine.enter(here)).toBe(true);
      if (machine.getState().state === 'placing') {
        expect(machine.takeBack()).toBe(true);
        expect(machine.enter(here)).toBe(true);
      }
      expect(mouse.click(here)).toBe(true);
    }
    // Points without end: Enter once more where the cross stands.
    const last = stops[kind.steps.length - 1];
    if (machine.getState().state === 'placing' && last) machine.enter(place(last));
    mouse.confirm();
    end(machine, kind);
    end(mouse, kind);
    expect(port.plan().records['item-1']).toMatchObject({ type: 'item', kind: kind.name, on: place([0, 0]).on });
    expect(port.plan().records).toEqual(clicked.plan().records);
    expect(port.edits).toHaveLength(1);
  });
});
