// A value with its unit, uncertainty and basis.
export { decimalsOf, fixedText } from './numberText.ts';

/** Where the millimetres of a number come from. `none`: there are none, the number counts pixels. */
export type Basis = 'patient' | 'region' | 'calibrated' | 'estimated' | 'detector' | 'none';
export type Unit =
  'mm' | 'px' | 'mm2' | 'px2' | 'mL' | 'deg' | '%' | 'HU' | '1' | 'mm/px' | 's' | 'cm/s' | (string & {});

/** One number of a result, as in the plan's contract. */
export interface Quantity {
  /** Finite, or null with a note of the same key that says why. */
  readonly value: number | null;
  readonly unit: Unit;
  /** One standard deviation in the same unit; null where no model of it is known, never invented. */
  readonly uncertainty: number | null;
  /** null for ratios and angles. */
  readonly basis: Basis | null;
  /** What the value would be on an assumed scale; shown only with its mark. */
  readonly estimate?: { readonly value: number; readonly unit: 'mm' | 'mm2'; readonly basis: 'detector' | 'estimated' };
  /** The record this number is about (the nearest obstacle, say). */
  readonly to?: string;
}
export interface PointQuantity {
  readonly value: readonly [number, number, number];
  readonly unit: 'mm' | '1';
}
/** Points in order along a line, LPS mm. */
export interface LineQuantity {
  readonly value: readonly (readonly [number, number, number])[];
  readonly unit: 'mm';
}
export interface ProfileQuantity {
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
  readonly units: Readonly<Record<string, Unit>>;
}
export type ResultValue = Quantity | PointQuantity | LineQuantity | ProfileQuantity;

/** Something a reader of the numbers must know; `key` names the result it speaks of. */
export interface Note {
  readonly code: string;
  readonly message: string;
  readonly key?: string;
}

/** Why something cannot be done, in words a person can act on. Data, because classes do not survive a process border. */
export interface Refusal {
  readonly code: string;
  readonly say: string;
  readonly remedy?: string;
  readonly file?: string;
}

/** "Cannot" is an answer, not a crash. */
export type Outcome<R> = { readonly ok: true; readonly value: R } | { readonly ok: false; readonly why: Refusal };
export const ok = <R>(value: R): Outcome<R> => ({ ok: true, value });
export const refuse = (code: string, say: string, remedy?: string): { ok: false; why: Refusal } => ({
  ok: false,
  why: remedy === undefined ? { code, say } : { code, say, remedy },
});
