import type { MenuItemConstructorOptions } from 'electron';
import type { NativeMenuItem } from '../src/contract/index.ts';

export interface MenuParts {
  readonly platform: string;
  readonly packaged: boolean;
  /** The page's table of actions as it stands; empty before the page has said it. */
  readonly items: readonly NativeMenuItem[];
  /** Tells the page which action was chosen. */
  readonly choose: (id: string) => void;
}

/** Groups of the table by menu. A group that is nowhere here gets a menu of its own, so that no action is lost. */
const places: readonly { readonly label: string; readonly groups: readonly string[] }[] = [
  { label: '&File', groups: ['Open and save', 'Opened before'] },
  { label: '&Edit', groups: ['Plan'] },
  { label: '&View', groups: ['Layout', 'Picture', 'Scroll'] },
  { label: 'W&indow level', groups: ['Window'] },
  { label: '&Tools', groups: ['Tools'] },
  { label: '&Help', groups: ['Program'] },
];
/** These groups are long and stand as a menu within the menu. */
const folded: ReadonlySet<string> = new Set(['Opened before', 'Scroll']);

/**
 * The desktop's menu, made from the page's table of actions and nothing else; the system's own few entries beside it.
 * Reload and developer tools only while developing, since a reload would take the page from under the person's hands.
 */
export function menuTemplate({ platform, packaged, items, choose }: MenuParts): MenuItemConstructorOptions[] {
  const line = (item: NativeMenuItem): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(item, platform);
    return {
      id: item.id,
      label: item.title.replaceAll('&', '&&'),
      ...(accelerator === null ? {} : { accelerator }),
      // The page hears its keys itself; the menu only shows them.
      registerAccelerator: false,
      enabled: item.enabled,
      ...(item.checked === null ? {} : { type: 'checkbox' as const, checked: item.checked }),
      click: () => choose(item.id),
    };
  };
  const ofGroup = (group: string): MenuItemConstructorOptions[] => {
    const lines = items.filter((item) => item.group === group).map(line);
    return folded.has(group) && lines.length > 0 ? [{ label: group, submenu: lines }] : lines;
  };
  const unplaced = [...new Set(items.map(({ group }) => group))].filter(
    (group) => !places.some(({ groups }) => groups.includes(group)),
  );
  const menus = [...places, ...unplaced.map((group) => ({ label: group, groups: [group] }))].map(
    ({ label, groups }): MenuItemConstructorOptions => ({
      label,
      submenu: joined([...groups.map(ofGroup), systemEntries(label, platform, packaged)]),
    }),
  );
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    ...menus.filter(({ submenu }) => Array.isArray(submenu) && submenu.length > 0),
    ...(platform === 'darwin' ? [{ role: 'windowMenu' } as const] : []),
  ];
}

/** The system's own entries; cut, copy and paste serve text fields. */
function systemEntries(label: string, platform: string, packaged: boolean): MenuItemConstructorOptions[] {
  if (label === '&File') return [platform === 'darwin' ? { role: 'close' } : { role: 'quit' }];
  if (label === '&Edit') return [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }];
  if (label === '&View')
    return [
      { role: 'togglefullscreen' },
      ...(packaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
    ];
  return [];
}

/**
 * A Mac takes every accelerator of a menu from the page. Keys without Command would then act while somebody types, so
 * there only those with it are shown.
 */
function acceleratorOf({ accelerator }: NativeMenuItem, platform: string): string | null {
  if (accelerator === null) return null;
  return platform === 'darwin' && !accelerator.startsWith('CmdOrCtrl+') ? null : accelerator;
}

/** Blocks with a line between them. */
function joined(blocks: readonly MenuItemConstructorOptions[][]): MenuItemConstructorOptions[] {
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, k) => (k === 0 ? block : [{ type: 'separator' as const }, ...block]));
}
