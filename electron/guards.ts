import type { Session, WebContents } from 'electron';
import { log } from '../src/host/index.ts';
import { isOurs, mayOpenOutside } from './origin.ts';

/** All that the page may have of what a page can ask the system for. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Refuses every permission and device but writing to the clipboard and full screen, for our own page alone. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(allowedPermissions.has(permission) && contents !== null && isOurs(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => allowedPermissions.has(permission) && isOurs(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
}

interface Opener {
  openExternal(url: string): Promise<void>;
}

/** Keeps a page where it is: no other address, no second window, no embedded one. */
export function guardContents(contents: WebContents, opener: Opener): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url))
      opener.openExternal(url).catch((error: unknown) => log.error('a page could not be opened outside', error));
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    // There are no frames in our page, so none may go anywhere.
    if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
