// Patients we invented, with their truth, made by code: deterministic by seed, never checked-in blobs.
export type { MakeOptions, SampleCase, WriteFile } from './sampleCase.ts';
export { sampleCases, writeSampleCase } from './cases.ts';
