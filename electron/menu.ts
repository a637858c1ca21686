import type { MenuItemConstructorOptions } from 'electron';

/**
 * The system's menu, kept small: the page has its own. Reload and developer tools only while developing, since a
 * reload would take the page from under the person's hands.
 */
export function menuTemplate(platform: string, packaged: boolean): MenuItemConstructorOptions[] {
  const develop: MenuItemConstructorOptions[] = packaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [platform === 'darwin' ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    { label: '&View', submenu: [{ role: 'togglefullscreen' }, ...develop] },
    { role: 'windowMenu' },
  ];
}
