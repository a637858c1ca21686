// Patients we invented, with their truth, made by code: deterministic by seed, never checked-in blobs.
export type { MakeOptions, SampleCase, WriteFile } from './sampleCase.ts';
export { sampleCases, writeSampleCase } from './cases.ts';
export type { Random } from './random.ts';
export { random } from './random.ts';
export type { Solid } from './solids.ts';
export { ellipticCylinder, sphere } from './solids.ts';
export type { CurvedTube } from './curvedTube.ts';
export { curvedTube } from './curvedTube.ts';
export type { Grid, Optics } from './scanner.ts';
export { scanSlices } from './scanner.ts';
