import type { MeasurementKind } from './kind.ts';
import { length } from './length/index.ts';

/** Every kind of measurement. A new kind is its folder and its line here. */
export const kinds: readonly MeasurementKind[] = [length];

export function kindOf(name: string): MeasurementKind | undefined {
  return kinds.find((kind) => kind.name === name);
}
