// What the window knows: the plan's store, and the session (layout, selection, messages) that is never saved.
export type * from './planStore.types.ts';
export * from './sessionTypes.ts';
export * from './sessionStore.ts';
export * from './sessionPixels.ts';
export * from './sessionViews.ts';
export * from './sharedWindows.ts';
export * from './linking.ts';
export { createAlongStore, type AlongStore, type Marking } from './alongLine.ts';
export * from './comparing.ts';
export * from './hanging.ts';
export * from './settings.ts';
export { createPlanStore } from './planStore.ts';
export { studyList, type ListedSeries, type ListedStudy } from './studyList.ts';
