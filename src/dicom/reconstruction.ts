import { frameFacts } from './series.ts';
import type { Series } from './types.ts';

export type Kernel = 'soft' | 'sharp' | 'unknown';

const sharpWords = /\b(lung|lunge|pulm\w*|bone|knochen|os|edge|sharp|hr|hrct|high ?res\w*|stent|inner ?ear)\b/i;
const softWords = /\b(soft|standard|std|smooth|abd\w*|mediast\w*|body|weich\w*|brain|liver)\b/i;

/**
 * Whether a CT was reconstructed for soft tissue or for edges, by Convolution Kernel (0018,1210), else by the words of
 * the description. Siemens: B31f, Br40d, I70f: a number above 49 is sharp. Toshiba and Canon: FC01 to FC19 and FC40 to
 * FC49 are soft. GE: STANDARD, SOFT, DETAIL; LUNG, BONE, EDGE. Philips: A to C, YA, YB; D, E, L, YC, YD.
 */
export function kernelOf(series: Series): Kernel {
  const [ref] = series.frames;
  const instance = ref === undefined ? undefined : series.instances[ref.instance];
  const text = ref === undefined || instance === undefined ? '' : (frameFacts(instance, ref.frame).marks?.kernel ?? '');
  return kernelByName(text) ?? kernelByWords(series.description) ?? 'unknown';
}

export function kernelByName(kernel: string): Kernel | null {
  const text = kernel.split('\\')[0]?.trim() ?? '';
  if (text === '') return null;
  const siemens = /^[BHIJQ][a-z]?(\d{2})[a-z]?$/i.exec(text);
  if (siemens !== null) return Number(siemens[1]) > 49 ? 'sharp' : 'soft';
  const toshiba = /^FC(\d{2})/i.exec(text);
  if (toshiba !== null) {
    const number = Number(toshiba[1]);
    return number < 20 || (number >= 40 && number < 50) ? 'soft' : 'sharp';
  }
  if (/^(y[cd]|d|e|l)$/i.test(text)) return 'sharp';
  if (/^(y[ab]|a|b|c|detail)$/i.test(text)) return 'soft';
  return kernelByWords(text);
}

function kernelByWords(text: string): Kernel | null {
  if (sharpWords.test(text)) return 'sharp';
  return softWords.test(text) ? 'soft' : null;
}

/** How thick a slice is, mm: as the file says, else as far as the slices are apart; null where neither is told. */
export function sliceThicknessOf(series: Series): number | null {
  const told = series.instances.flatMap(({ sliceThicknessMm }) =>
    sliceThicknessMm === null || sliceThicknessMm <= 0 ? [] : [sliceThicknessMm],
  );
  if (told.length > 0) return Math.min(...told);
  return series.volume === null ? null : series.volume.spacing[2];
}
