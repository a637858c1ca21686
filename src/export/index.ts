// The plan for others: the documents that scripts read.
export { caution } from './caution.ts';
export type { MeasureDocument } from './measureDocument.ts';
export { measureDocument } from './measureDocument.ts';
export { planDocumentSchema } from './planDocumentSchema.ts';
export type { ScanDocument, ScannedSeries, SkippedFile } from './scanDocument.ts';
export { scanDocument } from './scanDocument.ts';
