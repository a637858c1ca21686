// Questions asked of pixels: sample, statistics inside a shape; later profile, edge, path, distance map.
export type * from './volume.ts';
