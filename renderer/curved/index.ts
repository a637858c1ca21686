// Views of pixels read along a followed line, drawn by the page itself: the curved surface and the plane across.
export { CurvedView, plotEdgePx } from './curvedView.ts';
export { drawSmallSection } from './smallSection.ts';
export { SectionView } from './sectionView.ts';
export { nearestPosition, planeAt, reachMm, shownLine } from './shownLine.ts';
export { pulledWall } from './wallDrag.ts';
export type { LinePort, ShownLine } from './types.ts';
