import type { Quantity, ResultValue } from '../quantity/index.ts';
import type { Computed, Row } from './kind.ts';

export type Code = Row['code'];
/** Our own scheme, for what the standard's lists have no code. */
export const privateCode = (value: string, meaning: string): Code => ({ value, scheme: '99SELDINGER', meaning });

export function isQuantity(value: ResultValue | undefined): value is Quantity {
  return value !== undefined && 'uncertainty' in value;
}

/** The row of one scalar result; none where it was not computed. */
export function rowOf(computed: Computed, key: string, label: string, code: Code, main = false): readonly Row[] {
  const quantity = computed.results[key];
  if (!isQuantity(quantity)) return [];
  return [main ? { key, label, quantity, code, main } : { key, label, quantity, code }];
}
