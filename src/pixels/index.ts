// Encoded frame to modality values, with the same codecs in Node, in workers and in the window.
export type * from './types.ts';
export { openCodecs, type Codecs, type WasmFile } from './codecs/openCodecs.ts';
export { decodeFrame } from './decodeFrame.ts';
export { locateFrames } from './locateFrames.ts';
export { openFrames, type Frames } from './openFrames.ts';
export {
  fillFrame,
  isColour,
  modalityFrame,
  modalityValue,
  pickArrayType,
  seriesBytes,
  seriesUnit,
  unitsDiffer,
  viewOn,
  writeModality,
  type Extent,
  type ModalityArray,
} from './modality.ts';
export { displayFraction } from './voi.ts';
export { overlayMask } from './overlays.ts';
export { paddingRange } from './padding.ts';
