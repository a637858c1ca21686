import { describe, expect, it } from 'vitest';
import { belongsTo, emptyPlan, withStudy } from '../../src/plan/index.ts';

const blank = emptyPlan({ id: 'plan-1', title: '', now: () => '2026-01-01T00:00:00Z' });
const anna = { studyInstanceUID: '1.1', patientID: 'A-17', patientName: 'Anna^Example' };
const plan = withStudy(blank, anna);

describe('whose plan it is', () => {
  it('writes the study and a salted key, and neither name nor ID of the patient', () => {
    expect(plan.studies).toHaveLength(1);
    expect(JSON.stringify(plan)).not.toMatch(/Anna|A-17/);
    expect(withStudy({ ...blank, id: 'plan-2' }, anna).studies?.[0]?.patientKey).not.toBe(
      plan.studies?.[0]?.patientKey,
    );
  });
  it("takes another study of the same patient as the plan's own, and another patient's as foreign", () => {
    expect(belongsTo(plan, { ...anna, studyInstanceUID: '1.2' })).toBe('own');
    expect(belongsTo(plan, { ...anna, studyInstanceUID: '1.2', patientID: 'B-2' })).toBe('other');
  });
  it('does not trust a study whose patient ID has changed', () => {
    expect(belongsTo(plan, { ...anna, patientID: 'B-2' })).toBe('other');
  });
  it('says that it does not know where the plan names no study', () => {
    expect(belongsTo(blank, anna)).toBe('unknown');
  });
});
