/**
 * A key of the table: "L", "Mod+Shift+Z" (Mod is Ctrl, or Command on a Mac), "ArrowUp", "Space", "[" .
 * Letters are compared without case; shift counts for letters and named keys, and not for signs, which need it or not by keyboard.
 */
export type Key = string;

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export function pressed(key: Key, event: Pressed): boolean {
  const parts = key.split('+');
  const name = parts.pop() ?? '';
  const wantsMod = parts.includes('Mod');
  if (wantsMod !== (event.ctrlKey || event.metaKey)) return false;
  if (parts.includes('Alt') !== event.altKey) return false;
  const isSign = name.length === 1 && !/[a-z0-9]/i.test(name);
  if (!isSign && parts.includes('Shift') !== event.shiftKey) return false;
  const given = event.key === ' ' ? 'Space' : event.key;
  return given.toLowerCase() === name.toLowerCase();
}

/** Without Ctrl or Command: such keys must not act while somebody types. */
export function isPlain(key: Key): boolean {
  return !key.startsWith('Mod+');
}

const words: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Delete: 'Del',
  Escape: 'Esc',
  Mod: 'Ctrl',
};
/** "Ctrl+Shift+Z", for tooltips and menus. */
export function keyText(key: Key): string {
  return key
    .split('+')
    .map((part) => words[part] ?? part)
    .join('+');
}
