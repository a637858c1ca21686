import { z } from 'zod';
import type { Words } from './words.ts';
import { readNumbers } from './words.ts';
import { UsageFault } from './io.ts';

/** One question: the value at a point of the patient (LPS, mm), or at a continuous column and row of an image. */
export type ProbeRequest = { readonly series: string; readonly part?: string | undefined } & (
  | { readonly at: readonly [number, number, number]; readonly nearest: boolean }
  | {
      readonly pixel: readonly [number, number];
      readonly sop?: string | undefined;
      readonly frame?: number | undefined;
    }
);

const where = { series: z.string().min(1), part: z.string().nullish() };
const finite = z.number();
const listed = z.union([
  z.strictObject({ ...where, at: z.tuple([finite, finite, finite]), nearest: z.boolean().nullish() }),
  z.strictObject({
    ...where,
    pixel: z.tuple([finite, finite]),
    sop: z.string().min(1).nullish(),
    frame: z.int().min(1).nullish(),
  }),
]);

/** One entry of a batch file; undefined where it is none. */
export function readListed(entry: unknown): ProbeRequest | undefined {
  const read = listed.safeParse(entry);
  if (!read.success) return undefined;
  const { series, part } = read.data;
  const place = { series, part: part ?? undefined };
  if ('at' in read.data) return { ...place, at: read.data.at, nearest: read.data.nearest ?? false };
  const { pixel, sop, frame } = read.data;
  return { ...place, pixel, sop: sop ?? undefined, frame: frame ?? undefined };
}

/** The one question of the command line. @throws UsageFault. */
export function readAsked(words: Words): ProbeRequest {
  const series = words.value('--series');
  if (series === undefined) throw new UsageFault('probe needs --series UID (or --batch FILE).');
  const place = { series, part: words.value('--part') };
  const at = words.value('--at');
  const pixel = words.value('--pixel');
  if ((at === undefined) === (pixel === undefined)) throw new UsageFault('probe needs either --at or --pixel.');
  if (at !== undefined) {
    for (const option of ['--sop', '--frame']) {
      if (words.has(option)) throw new UsageFault(`The option ${option} goes with --pixel, not with --at.`);
    }
    const [x, y, z] = readNumbers(at, 3) ?? [];
    if (x === undefined || y === undefined || z === undefined) throw new UsageFault('--at needs three numbers: X,Y,Z.');
    return { ...place, at: [x, y, z], nearest: words.has('--nearest') };
  }
  if (words.has('--nearest')) throw new UsageFault('The option --nearest goes with --at, not with --pixel.');
  const [column, row] = readNumbers(pixel ?? '', 2) ?? [];
  if (column === undefined || row === undefined) throw new UsageFault('--pixel needs two numbers: COL,ROW.');
  const frameText = words.value('--frame');
  if (frameText !== undefined && !/^[1-9]\d*$/.test(frameText)) {
    throw new UsageFault('--frame needs a whole number from 1.');
  }
  const frame = frameText === undefined ? undefined : Number(frameText);
  return { ...place, pixel: [column, row], sop: words.value('--sop'), frame };
}
