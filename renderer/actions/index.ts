// Everything a person can do, in one table, and the verbs behind it.
export * from './currentImage.ts';
export * from './desk.ts';
export * from './keymap.ts';
export * from './keyImages.ts';
export * from './keys.ts';
export { followLostGraphics } from './lostGraphics.ts';
export { followNativeMenu } from './nativeMenu.ts';
export * from './opening.ts';
export * from './parts.ts';
export * from './planFiles.ts';
export * from './planItems.ts';
export * from './planReading.ts';
export * from './planTables.ts';
export * from './running.ts';
export * from './showing.ts';
export * from './table.ts';
export * from './windows.ts';
export * from './deskContext.ts';
