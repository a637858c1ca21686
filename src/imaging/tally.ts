/** Of the pixels or voxels whose centre lies inside a shape. */
export interface Statistics {
  readonly count: number;
  /** null when count is 0. */
  readonly mean: number | null;
  /** Of these values as they are (divided by their number, not by one less). */
  readonly standardDeviation: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** false: the shape reaches beyond the pixels, so the numbers speak of a part of it. */
  readonly whole: boolean;
}

export interface Tally {
  take(value: number): void;
  result(whole: boolean): Statistics;
}

/** Mean and spread in one pass without losing digits (Welford 1962). */
export function createTally(): Tally {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  return {
    take(value) {
      count += 1;
      const step = value - mean;
      mean += step / count;
      squares += step * (value - mean);
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    },
    result(whole) {
      if (count === 0) return { count, mean: null, standardDeviation: null, minimum: null, maximum: null, whole };
      return { count, mean, standardDeviation: Math.sqrt(squares / count), minimum, maximum, whole };
    },
  };
}
