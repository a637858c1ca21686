import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePlan, patientKey, PlanFault, readPlan } from '../../src/plan/index.ts';

const fixture = readFileSync(new URL('../fixtures/plans/v1-five-kinds.plan.json', import.meta.url), 'utf8');
const loose = z.looseObject({ records: z.record(z.string(), z.record(z.string(), z.unknown())) });
const fresh = (): z.infer<typeof loose> => loose.parse(JSON.parse(fixture));

function faultOf(json: unknown): PlanFault | undefined {
  try {
    parsePlan(json);
  } catch (error) {
    if (error instanceof PlanFault) return error;
    throw error;
  }
  return undefined;
}

describe('the plan document', () => {
  it('reads the first version with all five kinds and writes back every field, known or not', () => {
    expect(JSON.parse(JSON.stringify(parsePlan(fresh())))).toEqual(fresh());
  });

  it('names the field that is wrong', () => {
    const cases: [string, (plan: ReturnType<typeof fresh>) => void][] = [
      ['format', (plan) => (plan['format'] = 'other')],
      ['id', (plan) => delete plan['id']],
      ['modifiedAt', (plan) => (plan['modifiedAt'] = 'yesterday')],
      ['records', (plan) => Reflect.deleteProperty(plan, 'records')],
      ['records.length-1.side', (plan) => (plan.records['length-1']!['side'] = 'X')],
      ['records.length-1.order', (plan) => (plan.records['length-1']!['order'] = 'first')],
      ['records.length-1.on.in', (plan) => (plan.records['length-1']!['on'] = { in: 'room' })],
      ['records.length-2.on.frame', (plan) => Object.assign(plan.records['length-2']!['on']!, { frame: 0 })],
      ['records.length-1.type', (plan) => (plan.records['length-1']!['type'] = 'session')],
    ];
    for (const [path, spoil] of cases) {
      const plan = fresh();
      spoil(plan);
      expect(faultOf(plan)?.path).toBe(path);
    }
  });

  it('refuses what is no plan at all, and what a newer program wrote', () => {
    for (const json of [null, [], 'text', 12, {}, { format: 'seldinger-plan' }]) expect(faultOf(json)).toBeDefined();
    expect(faultOf({ ...fresh(), version: 2 })?.message).toMatch(/newer Seldinger/);
  });

  it('does not let a record reach into the table itself', () => {
    const plan: unknown = JSON.parse(fixture.replace('"length-1"', '"__proto__"'));
    expect(faultOf(plan)?.path).toBe('records.__proto__');
  });

  it('takes a hand-written item without label, order and side', () => {
    const plan = fresh();
    for (const field of ['label', 'order', 'side']) delete plan.records['length-1']![field];
    expect(parsePlan(plan).records['length-1']).toMatchObject({ label: '', order: 0, side: null });
  });

  it('can leave out one bad record and name it, so that the others are measured', () => {
    const plan = fresh();
    plan.records['region-1']!['on'] = null;
    const { plan: read, faults } = readPlan(plan);
    expect(Object.keys(read.records)).not.toContain('region-1');
    expect(Object.keys(read.records)).toHaveLength(5);
    expect(faults).toMatchObject([{ id: 'region-1', path: 'records.region-1.on' }]);
  });
});

describe('the key of a patient', () => {
  it('is a salted SHA-256 that tells two patients apart and does not contain the id', () => {
    for (const [salt, id] of [
      ['', ''],
      ['plan', 'PAT-001'],
      ['plän', '山田-𝟙'.repeat(30)],
    ] as const) {
      expect(patientKey(salt, id)).toBe(createHash('sha256').update(`${salt}\u0000${id}`).digest('hex'));
    }
    expect(patientKey('plan', 'PAT-001')).not.toBe(patientKey('plan', 'PAT-002'));
    expect(patientKey('plan', 'PAT-001')).not.toBe(patientKey('other', 'PAT-001'));
    expect(patientKey('plan', 'PAT-001 ')).toBe(patientKey('plan', 'PAT-001'));
  });
});
