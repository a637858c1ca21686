// The kinds of measurement and the only way to a number: evaluate.
export type * from './kind.ts';
export type * from './evaluation.ts';
export { evaluate } from './evaluate.ts';
export type { EvaluateOptions } from './evaluate.ts';
export type { EvaluationCache } from './cacheKey.ts';
export { factsOfSeries, imageFactsOf, seriesFor } from './pixelSource.ts';
export type { PixelSource } from './pixelSource.ts';
export { kindOf, kinds } from './registry.ts';
export { calibrationIds, withCalibration } from './calibrations.ts';
export { depthSentence, imageScale, isProjection } from './imageScale.ts';
