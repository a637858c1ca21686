// Questions asked of pixels: sample, slab, statistics inside a shape; later profile, edge, path, distance map.
export type * from './volume.ts';
export { nearestVoxel, sampleFrame, sampleVolume, slicesAlong } from './sample.ts';
export { ellipsoidStatistics } from './ellipsoidStatistics.ts';
export { outlineStatistics, planeStatistics } from './outlineStatistics.ts';
export type { Picture } from './outlineStatistics.ts';
export type { Statistics } from './tally.ts';
export { throughSlab } from './slab.ts';
export type { Slab, SlabMode } from './slab.ts';
export { growRegion, hasBit, joinedWithEdge, type GrowFrom, type Grown } from './growRegion.ts';
export { followVessel } from './vessel/followVessel.ts';
export { lumenOfOutline } from './vessel/lumen.ts';
export type { Lumen } from './vessel/lumen.ts';
export type { FollowRequest, FollowedVessel, VesselSection } from './vessel/followVessel.ts';
export {
  alongOf,
  flatPicture,
  placeIn3d,
  pointIn,
  positionOf,
  readLines,
  straightened,
  stretched,
} from './vessel/reformation.ts';
export type { FollowedLine, PlaceInReformation, Reformation, ReformationLine } from './vessel/reformation.ts';
