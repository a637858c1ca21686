// The plan document, its edits and its one history.
export type * from './types.ts';
export type { Gesture, History, HistoryEvent } from './history.ts';
export { createHistory } from './history.ts';
export { applyEdit, invert, invertEdit, sameContent } from './edit.ts';
export { emptyPlan, isEmptyPlan, itemsInOrder, nextOrder } from './empty.ts';
export { PlanFault } from './fault.ts';
export type { RecordFault } from './document.ts';
export { imageSpaceSchema, itemSchema, parseEdit, parsePlan, patientSpaceSchema, readPlan } from './document.ts';
export type { JsonSchema } from './jsonSchema.ts';
export { planJsonSchema } from './jsonSchema.ts';
export { patientKey } from './patientKey.ts';
export type { StudyOwner } from './patientGuard.ts';
export { belongsTo, withStudy } from './patientGuard.ts';
