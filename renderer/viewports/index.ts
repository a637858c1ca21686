// The middle of the window: pictures and what is written around them.
export { Viewports } from './Viewports.tsx';
