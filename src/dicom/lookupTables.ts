import type { Attributes } from './attributes.ts';
import type { LookupTable, WindowPreset } from './types.ts';

/**
 * One item of a Modality LUT or VOI LUT Sequence (PS3.3 C.11.1.1, C.11.2.1.1).
 *
 * @param signedInput whether what goes in may be negative; the descriptor's first value is then signed.
 * @returns undefined where descriptor or data are missing or too short.
 */
export function readTable(
  item: Attributes,
  signedInput: boolean,
): (LookupTable & { readonly bits: number }) | undefined {
  const entries = item.uint16('x00283002', 0);
  const unsignedFirst = item.uint16('x00283002', 1);
  const bits = item.uint16('x00283002', 2);
  if (entries === undefined || unsignedFirst === undefined || bits === undefined) return undefined;
  const count = entries === 0 ? 65536 : entries;
  const isSigned = signedInput || item.vr('x00283002') === 'SS';
  const first = isSigned ? (unsignedFirst << 16) >> 16 : unsignedFirst;
  const data = item.bytes('x00283006');
  if (data === undefined || bits < 1 || bits > 16) return undefined;
  // Entries of 8 bits may lie two in a word, which is byte after byte.
  const narrow = bits <= 8 && data.length < count * 2;
  if (data.length < (narrow ? count : count * 2)) return undefined;
  const values = Array.from({ length: count }, (_, i) => (narrow ? data[i] : item.uint16('x00283006', i)) ?? 0);
  return { first, values, bits };
}

/** Windows (0028,1050) with their names and function, then the VOI LUTs (0028,3010); in the order of the file. */
export function readWindows(data: Attributes, signedInput: boolean): WindowPreset[] {
  const centres = data.decimals('x00281050') ?? [];
  const widths = data.decimals('x00281051') ?? [];
  const names = splitNames(data);
  const form = data.text('x00281056').trim().toUpperCase();
  const how = form === 'SIGMOID' ? 'sigmoid' : form === 'LINEAR_EXACT' ? 'linear-exact' : undefined;
  const windows = centres.flatMap((centre, i): WindowPreset[] => {
    const width = widths[i];
    if (width === undefined || !(width > 0)) return [];
    return [{ centre, width, name: names[i] || null, ...(how ? { function: how } : {}) }];
  });
  const tables = data.items('x00283010').flatMap((item): WindowPreset[] => {
    const table = readTable(item, signedInput);
    if (table === undefined) return [];
    const greatest = 2 ** table.bits - 1;
    const { first, values } = table;
    return [
      {
        centre: first + values.length / 2,
        width: values.length,
        name: item.words('x00283003') || null,
        lut: { first, values: values.map((value) => Math.min(1, value / greatest)) },
      },
    ];
  });
  return [...windows, ...tables];
}

function splitNames(data: Attributes): string[] {
  return data
    .words('x00281055')
    .split('\\')
    .map((name) => name.trim());
}
