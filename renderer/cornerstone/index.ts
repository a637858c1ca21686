// Cornerstone behind one door: engine, views, shared buffers, metadata. No other folder imports @cornerstonejs.
export type * from './types.ts';
export { placeOnCanvas } from './affine.ts';
export { isFilm } from './frameOrder.ts';
export { frameAxes } from './slicePlane.ts';
export { sideLetters } from './letters.ts';
export { startEngine } from './engine.ts';
export { buttonsOf, dragJobs, grips, mouseProfiles, type Buttons, type Grip } from './mouse.ts';
export { attachNavigation, chooseButtons } from './navigation.ts';
