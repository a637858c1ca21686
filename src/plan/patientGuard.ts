import { patientKey } from './patientKey.ts';
import type { Plan } from './types.ts';

/** What tells one patient from another in the images of a study. */
export interface StudyOwner {
  readonly studyInstanceUID: string;
  readonly patientID: string;
  readonly patientName: string;
}

/** The plan with this study among its own; the same plan where it is there already. No name goes into it. */
export function withStudy(plan: Plan, owner: StudyOwner): Plan {
  const studies = plan.studies ?? [];
  if (studies.some(({ studyInstanceUID }) => studyInstanceUID === owner.studyInstanceUID)) return plan;
  const entry = { studyInstanceUID: owner.studyInstanceUID, patientKey: keyOf(plan, owner) };
  return { ...plan, studies: [...studies, entry] };
}

/**
 * Whether images belong to the plan: `own` (a study of it, or another one of the same patient), `other` (another patient's),
 * `unknown` (the plan names no studies). A study of the plan with another patient's ID in it is another patient's.
 */
export function belongsTo(plan: Plan, owner: StudyOwner): 'own' | 'other' | 'unknown' {
  const studies = plan.studies ?? [];
  if (studies.length === 0) return 'unknown';
  const key = keyOf(plan, owner);
  const named = studies.find(({ studyInstanceUID }) => studyInstanceUID === owner.studyInstanceUID);
  // A hand-written plan may leave the key empty: then the study alone tells.
  if (named !== undefined) return named.patientKey === '' || named.patientKey === key ? 'own' : 'other';
  return studies.some(({ patientKey: one }) => one === key) ? 'own' : 'other';
}

/** Without an ID the name tells, and without both each study counts as a patient of its own. */
function keyOf({ id }: Plan, { patientID, patientName, studyInstanceUID }: StudyOwner): string {
  return patientKey(id, patientID.trim() || patientName.trim() || studyInstanceUID);
}
