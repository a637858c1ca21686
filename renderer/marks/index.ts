// The one tool: draws every item in every view, holds the handles, places new items step by step.
export type * from './types.ts';
export { createTool } from './tool.ts';
export { sameSpace } from './space.ts';
export { arrows, screenPixel, type FrameAxes } from './steps.ts';
