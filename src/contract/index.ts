// What window and host say to each other: a table of methods with schemas, events, error codes.
export * from './methods.ts';
export * from './errors.ts';
export { packSeries, unpackSeries, type PackedSeries } from './packedSeries.ts';
export * from './doors.ts';
