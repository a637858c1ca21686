import type { LpsMm, Point, Vec3 } from '../geometry/index.ts';
import { isLps } from '../geometry/index.ts';
import { PlanFault } from '../plan/index.ts';

/** A plain array of its own, so that a caller's later change cannot reach the item. */
export function copyPoint(point: Point): [number, number, number] | [number, number] {
  return isLps(point) ? triple(point) : [point[0] + 0, point[1] + 0];
}
/** + 0: JSON has no -0, so an item with one would not come back equal. */
export const triple = (v: Vec3): [number, number, number] => [v[0] + 0, v[1] + 0, v[2] + 0];

/** @throws PlanFault for a point of an image where one of the patient is needed. */
export function inPatient(point: Point): LpsMm {
  if (isLps(point)) return point;
  throw new PlanFault('', 'a point in patient space is needed');
}
export function samePoint(a: Point, b: Point): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
/** @throws PlanFault always: the tool asked for a handle that the item has not. */
export function noHandle(kind: string, handle: string): never {
  throw new PlanFault('', `a ${kind} has no handle "${handle}"`);
}
