// Questions asked of pixels: sample, statistics inside a shape; later profile, edge, path, distance map.
export type * from './volume.ts';
export { nearestVoxel, sampleFrame, sampleVolume } from './sample.ts';
export { ellipsoidStatistics } from './statistics.ts';
export type { Statistics } from './statistics.ts';
