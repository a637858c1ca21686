// Points, planes, curves, shapes and their cut with a plane, in typed spaces.
export * from './spaces.ts';
export * from './vec.ts';
export * from './volumeGeometry.ts';
export * from './shapes.ts';
export * from './plane.ts';
export * from './rectangleCut.ts';
export * from './angles.ts';
export * from './ellipsoid.ts';
export * from './ellipsoidDistance.ts';
export * from './cutShape.ts';
export * from './sphereSearch.ts';
export * from './ellipsoidVolumes.ts';
export { ellipsoidUnion, leastOverUnion, type EllipsoidUnion } from './ellipsoidUnion.ts';
export * from './unionDistance.ts';
export * from './outline.ts';
export * from './flatPolygon.ts';
export * from './deepestWithin.ts';
export * from './curve.ts';
