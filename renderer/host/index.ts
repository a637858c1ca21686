// The window's way to the host: one client over the table of methods, through either door.
export * from './client.ts';
export * from './door.ts';
export * from './dropped.ts';
export * from './upload.ts';
export { createFetchClient } from './fetchClient.ts';
export * from './filePicker.ts';
export * from './fileSaver.ts';
export * from './pageSession.ts';
