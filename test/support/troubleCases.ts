import { readFileSync } from 'node:fs';
import { buildSeries, type Instance, type ReadInstance, type Series } from '../../src/dicom/index.ts';
import {
  decodeFrame,
  fillFrame,
  openFrames,
  pickArrayType,
  viewOn,
  type ModalityArray,
  type StoredFrame,
} from '../../src/pixels/index.ts';
import { nodeCodecs } from '../../src/host/codecs.ts';
import { filesBelow, readerOf, readHead } from './dicomFiles.ts';
import { shared, sharedPath } from './shared.ts';
import { g10, g11, g13, g14, g15, g16, g17 } from './trouble/others.ts';
import type { CaseFiles } from './trouble/slices.ts';
import { g01, g02, g03, g04, g05, g06, g07, g08, g09, g12, g18 } from './trouble/stacks.ts';

const MAKERS = {
  G01_ct_names_and_thickness_lie: g01,
  G02_ct_one_slice_missing: g02,
  G03_ct_two_spacings_in_one_series: g03,
  G04_ct_gantry_tilt_15: g04,
  G05_ct_localizer_inside_series: g05,
  G06_ct_three_phases_one_series: g06,
  G07_ct_pixels_not_square: g07,
  G08_ct_rescale_differs_by_slice: g08,
  G09_ct_signed_12bit_dirty_high_bits: g09,
  G10_xa_detector_spacing_only: g10,
  G11_xa_dsa_mask_and_frame_time_vector: g11,
  G12_enhanced_ct_frames_shuffled: g12,
  G13_us_three_regions: g13,
  G14_names_in_six_character_sets: g14,
  G15_messy_folder: g15,
  G16_encapsulated_frames: g16,
  G17_spacing_badly_written: g17,
  G18_ct_vessel_half_closed: g18,
} as const;
export type TroubleName = keyof typeof MAKERS;

/** The files of a case by their paths: those that the tests make themselves. Links of G15 are the file system's, not here. */
export async function madeTrouble(name: TroubleName): Promise<CaseFiles> {
  return MAKERS[name](name);
}

/** The same as they lie in the shared data; G15 is a tar there and not read here. */
function sharedTrouble(name: TroubleName): CaseFiles {
  const folder = sharedPath(`data/trouble/${name}`);
  return new Map(filesBelow(folder).map((file) => [file.slice(folder.length + 1), new Uint8Array(readFileSync(file))]));
}

/** Where the inputs of a case come from: always the tests' own, and the shared data where they are. */
export function troubleSources(name: TroubleName): readonly (readonly [string, () => Promise<OpenedCase>])[] {
  const made = ['made', async () => openCase(await madeTrouble(name))] as const;
  if (!shared || name === 'G15_messy_folder') return [made];
  return [made, ['shared', async () => openCase(sharedTrouble(name))]];
}

/** A case read by src/dicom, its pixels at hand. */
export interface OpenedCase {
  readonly series: readonly Series[];
  readonly duplicates: readonly { readonly kept: Instance; readonly dropped: Instance }[];
  /** What each file turned out to be. */
  readonly read: ReadonlyMap<string, ReadInstance>;
  decode(instance: Instance, frame?: number): Promise<StoredFrame>;
  /** All of a series in modality values, in the order of display. */
  values(series: Series): Promise<ModalityArray>;
}

export function openCase(files: CaseFiles): OpenedCase {
  const read = new Map([...files].map(([path, bytes]) => [path, readHead(bytes, path)]));
  const { series, duplicates } = buildSeries(
    [...read.values()].flatMap((got) => (got.kind === 'image' ? [got.instance] : [])),
    ({ source }) => source,
  );
  const decode = async (instance: Instance, frame = 1) => {
    const bytes = files.get(instance.source);
    if (bytes === undefined) throw new Error(`no file ${instance.source}`);
    const encoded = await openFrames(readerOf(bytes), instance).frame(frame);
    return decodeFrame(encoded, instance.pixel, instance.transferSyntaxUID, nodeCodecs());
  };
  const values = async (one: Series) => {
    const type = pickArrayType(one);
    const width = type === 'Float32Array' ? 4 : type === 'Uint8Array' ? 1 : 2;
    const out = viewOn(type, new ArrayBuffer(one.rows * one.columns * one.frames.length * width));
    for (const [k, { instance, frame }] of one.frames.entries()) {
      const from = one.instances[instance];
      if (from !== undefined) fillFrame(one, k, await decode(from, frame), out);
    }
    return out;
  };
  return { series, duplicates, read, decode, values };
}
