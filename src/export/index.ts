// The plan for others: the documents that scripts read.
export { actCautions, caution, scanAgeSentence, sideSentence } from './caution.ts';
export type { MeasureDocument } from './measureDocument.ts';
export { measureDocument } from './measureDocument.ts';
export { planDocumentSchema } from './planDocumentSchema.ts';
export type { ScanDocument, ScannedSeries, SkippedFile } from './scanDocument.ts';
export { scanDocument } from './scanDocument.ts';
export type { PlanTableOptions } from './planTable.ts';
export { planTable } from './planTable.ts';
export { estimateSentence } from './estimateSentence.ts';
