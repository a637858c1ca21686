import { describe, expect, it } from 'vitest';
import { isLps } from '../../src/geometry/index.ts';
import type { Point } from '../../src/geometry/index.ts';
import { kinds } from '../../src/measurements/index.ts';
import type { Draft, MeasurementKind } from '../../src/measurements/index.ts';
import type { PlanItem, PlanRecord, Space } from '../../src/plan/index.ts';
import type { ResultValue } from '../../src/quantity/index.ts';
import { box, itemIn, itemOf, measure, onImage, onPatient, sourceOf } from './support.ts';

// What every kind must keep, so that a new one is tested before its author writes a test.

const clicks: readonly (readonly [number, number, number])[] = [
  [-8, 3, 2],
  [9, -4, 5],
  [4, 11, -6],
  [-3, 7, 8],
  [2, -9, 1],
  [6, 6, -2],
];
const target: PlanRecord = itemOf('region', {
  ellipsoid: {
    centre: [1, 2, 3],
    semiAxes: [6, 5, 4],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
});
const others = { target };

function draftOf(kind: MeasurementKind, space: Space['in']): Draft {
  const points = clicks
    .slice(0, kind.steps.length)
    .map((p): Point => (space === 'patient' ? p : [p[0] + 100, p[1] + 100]));
  const on = space === 'patient' ? onPatient : onImage;
  return {
    answers: answersTo(kind),
    on,
    points,
    others,
    label: kind.title,
    order: 5,
    side: 'R',
    view: { normal: [0, 0, 1] },
  };
}
/** Something for every question of the kind's form. */
function answersTo({ form }: MeasurementKind): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const { name, type, value, choices } of form?.fields({}) ?? [])
    answers[name] = type === 'number' ? '2' : value === '' ? (choices?.at(-1)?.value ?? 'words') : value;
  return answers;
}
function placed(kind: MeasurementKind, space: Space['in']): PlanItem {
  const item = kind.finish(draftOf(kind, space), true);
  if (item === undefined) throw new Error(`${kind.name} was not placed`);
  return item;
}
const data = new Int16Array(64 * 64 * 48).map((_, i) => (i * 7919) % 301);
const source = sourceOf({ volume: { geometry: box, data, unit: 'HU' } });

/** Every triple of numbers moved by the same way: positions, not directions or half-axes. */
const positions: ReadonlySet<string> = new Set([
  'points',
  'point',
  'long',
  'short',
  'polygon',
  'lesion',
  'references',
  'entry',
  'target',
  'tip',
  'centre',
  'path',
]);
function moved(value: unknown, by: readonly [number, number, number], position = false): unknown {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const [x, y, z] = list;
    if (position && value.length === 3 && typeof x === 'number' && typeof y === 'number' && typeof z === 'number')
      return [x + by[0], y + by[1], z + by[2]];
    return value.map((each) => moved(each, by, position));
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, moved(each, by, positions.has(key))]));
  return value;
}

const cases = kinds
  .flatMap((kind) => [kind, ...(kind.otherTools ?? []).map((way): MeasurementKind => ({ ...kind, ...way }))])
  .flatMap((kind) =>
    kind.tool.spaces.map((space) => ({ name: `${kind.name} by "${kind.tool.name}" in ${space} space`, kind, space })),
  );

describe.each(cases)('$name', ({ kind, space }) => {
  it('goes to JSON and back the same, fields unknown to us too', () => {
    const item = { ...placed(kind, space), fromTheFuture: { a: [1] } };
    expect(kind.parse(JSON.parse(JSON.stringify(item)))).toEqual(item);
  });

  it('is not finished before its last needed click', () => {
    const needed = kind.steps.filter(({ optional }) => !optional).length;
    const draft = draftOf(kind, space);
    for (let n = 0; n < needed; n += 1)
      expect(kind.finish({ ...draft, points: draft.points.slice(0, n) }, true)).toBeUndefined();
  });

  it('gives the same bits for the same input', async () => {
    const records = { target, it: placed(kind, space) };
    expect(await measure(records, source)).toEqual(await measure(records, source));
  });

  it('reads the same when the patient lay elsewhere', async () => {
    if (space === 'image') return;
    const by = [40, -25, 300] as const;
    const origin = [box.origin[0] + by[0], box.origin[1] + by[1], box.origin[2] + by[2]] as const;
    const geometry = { ...box, origin };
    const elsewhere = sourceOf({ series: { volume: geometry }, volume: { geometry, data, unit: 'HU' } });
    const item = placed(kind, space);
    const before = itemIn(await measure({ target, it: item }, source), 'it');
    const after = itemIn(
      await measure({ target: parsed('region', moved(target, by)), it: parsed(kind.name, moved(item, by)) }, elsewhere),
      'it',
    );
    for (const [key, value] of Object.entries(before.results)) {
      const other = after.results[key];
      if ('columns' in value) {
        expect(other).toEqual({ ...value, columns: expect.any(Object) });
        expect(linesOf(other)).toEqual(
          linesOf(value).map((line) => line.map((one) => (one === null ? null : near(one)))),
        );
        continue;
      }
      // A line of points goes with the patient.
      if (key === 'centreline' && 'value' in value) {
        const flat = [value.value].flat(3).map(Number);
        const goneWith = other !== undefined && 'value' in other ? [other.value].flat(3).map(Number) : [];
        expect(goneWith.length).toBe(flat.length);
        for (const [n, one] of flat.entries())
          expect(Math.abs((goneWith[n] ?? NaN) - one - (by[n % 3] ?? 0))).toBeLessThan(1e-6);
        continue;
      }
      if (!('uncertainty' in value) || other === undefined || !('uncertainty' in other))
        throw new Error(`no scalar ${key}`);
      if (value.value === null) expect(other.value).toBeNull();
      else expect(Math.abs((other.value ?? NaN) - value.value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value.value)));
    }
  });

  it('shows no millimetres without saying where they come from, and none on an uncalibrated image', async () => {
    const item = itemIn(await measure({ target, it: placed(kind, space) }, source), 'it');
    for (const value of Object.values(item.results)) {
      if (!('uncertainty' in value) || !['mm', 'mm2', 'mL'].includes(value.unit)) continue;
      expect(['patient', 'calibrated', 'region']).toContain(value.basis);
    }
    if (space === 'image') expect(JSON.stringify(item.results)).not.toMatch(/"mm2?"|"mL"/);
  });

  it('has finite numbers, or null with a note of the same key', async () => {
    const item = itemIn(await measure({ target, it: placed(kind, space) }, source), 'it');
    for (const [key, value] of Object.entries(item.results)) {
      if (!('uncertainty' in value)) continue;
      if (value.value === null) expect(item.notes.some((note) => note.key === key)).toBe(true);
      else expect(Number.isFinite(value.value)).toBe(true);
    }
  });

  it('is not changed by a handle moved to where it is, and changed by one moved elsewhere', () => {
    const item = placed(kind, space);
    const frozen = JSON.stringify(item);
    const handles = kind.handles(item);
    expect(handles.length).toBeGreaterThan(0);
    for (const { name, at } of handles) {
      expect(kind.moveHandle(item, name, at)).toEqual(item);
      const to: Point = isLps(at) ? [at[0] + 1.5, at[1] + 2, at[2] - 3] : [at[0] + 1.5, at[1] + 2];
      expect(kind.moveHandle(item, name, to)).not.toEqual(item);
      expect(kind.parse(kind.moveHandle(item, name, to))).toBeDefined();
    }
    expect(JSON.stringify(item)).toBe(frozen);
  });

  it('names every row by a code and a unit, one of them the main; or has words in their place', async () => {
    const item = placed(kind, space);
    const rows = kind.rows(item, itemIn(await measure({ target, it: item }, source), 'it'));
    expect(rows.filter(({ main }) => main)).toHaveLength(kind.words === undefined ? 1 : 0);
    for (const { label, code, quantity } of rows) {
      expect(label).not.toBe('');
      expect(code.value).not.toBe('');
      expect(['SCT', 'DCM', '99SELDINGER']).toContain(code.scheme);
      expect(quantity.unit).not.toBe('');
    }
  });

  it('draws itself without a result, in its own space', () => {
    const shapes = kind.shapes(placed(kind, space));
    expect(shapes.length).toBeGreaterThan(0);
    const length = space === 'patient' ? 3 : 2;
    for (const shape of shapes)
      if (shape.type === 'polyline') for (const p of shape.points) expect(p).toHaveLength(length);
  });

  it('keeps what its form says of it', () => {
    const item = placed(kind, space);
    if (kind.form === undefined) return;
    const answers = kind.form.answersOf(item);
    expect(kind.form.change(item, answers)).toEqual(item);
    expect(kind.form.fields(answers).every(({ name, value }) => value === (answers[name] ?? value))).toBe(true);
    // What is only offered afterwards has an answer to everything.
    if (kind.form.afterwards !== true) expect(() => kind.form?.change(item, {})).toThrow(/^(size|text): Type/);
  });

  it('names the path of a bad field', () => {
    const item = placed(kind, space);
    expect(() => kind.parse({ ...item, on: { ...item.on, seriesInstanceUID: 5 } })).toThrow(/on\.seriesInstanceUID/);
  });
});

const near = (value: number): unknown => expect.closeTo(value, 6);
function linesOf(value: ResultValue | undefined): readonly (readonly (number | null)[])[] {
  return value !== undefined && 'columns' in value ? Object.values(value.columns) : [];
}

it.each(kinds.filter(({ profile }) => profile !== undefined))(
  'a $name keeps its numbers where no pixel can be had, and says why it has no values along it',
  async (kind) => {
    const records = { target, it: placed(kind, 'patient') };
    const [without, full] = await Promise.all([measure(records), measure(records, source)]);
    const { profile, ...numbers } = itemIn(full, 'it').results;
    expect(linesOf(profile).length).toBeGreaterThan(1);
    expect(itemIn(without, 'it').results).toEqual(numbers);
    expect(itemIn(without, 'it').notes.filter(({ key }) => key === 'profile')).toHaveLength(1);
    expect(kind.charts?.(placed(kind, 'patient'), itemIn(without, 'it'))).toEqual([]);
    for (const { x, lines, places } of kind.charts?.(placed(kind, 'patient'), itemIn(full, 'it')) ?? []) {
      expect(x.values).toEqual([...x.values].sort((a, b) => a - b));
      for (const { values } of lines) expect(values).toHaveLength(x.values.length);
      expect(places).toHaveLength(x.values.length);
    }
  },
);

function parsed(name: string, json: unknown): PlanItem {
  const kind = kinds.find((each) => each.name === name);
  if (kind === undefined) throw new Error(name);
  return kind.parse(json);
}

it('has every kind once, under its own name, each with its own key', () => {
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  const tools = kinds.flatMap((kind) => [kind.tool, ...(kind.otherTools ?? []).map(({ tool }) => tool)]);
  expect(new Set(tools.map(({ key }) => key)).size).toBe(tools.length);
  expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
  expect(kinds.map(({ name }) => name)).toEqual([
    'length',
    'bidirectional',
    'angle',
    'area',
    'region',
    'stenosis',
    'vessel',
    'trajectory',
    'ablation',
    'calibration',
    'note',
    'ratio',
  ]);
});
