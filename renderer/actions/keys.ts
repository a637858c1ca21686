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
  /** The key's place: Alt with a digit types a sign on some keyboards. */
  readonly code?: string;
}

export function pressed(key: Key, event: Pressed): boolean {
  const parts = partsOf(key);
  const name = parts.pop() ?? '';
  const wantsMod = parts.includes('Mod');
  if (wantsMod !== (event.ctrlKey || event.metaKey)) return false;
  if (parts.includes('Alt') !== event.altKey) return false;
  const isSign = name.length === 1 && !/[a-z0-9]/i.test(name);
  if (!isSign && parts.includes('Shift') !== event.shiftKey) return false;
  if (event.altKey && /^\d$/.test(name) && event.code === `Digit${name}`) return true;
  const given = event.key === ' ' ? 'Space' : event.key;
  return given.toLowerCase() === name.toLowerCase();
}

/** "Mod+Shift+Z" in its parts; the plus sign is a key too. */
function partsOf(key: Key): string[] {
  return key.endsWith('+') ? [...key.slice(0, -1).split('+').filter(Boolean), '+'] : key.split('+');
}

/** Without Ctrl or Command: such keys must not act while somebody types. */
export function isPlain(key: Key): boolean {
  return !key.startsWith('Mod+');
}

/** One letter, digit or sign, alone or with shift: a word said or typed by accident is full of them (WCAG 2.1.4). */
export function isCharacter(key: Key): boolean {
  const parts = partsOf(key);
  return parts.at(-1)?.length === 1 && !parts.includes('Mod') && !parts.includes('Alt');
}

/** The key of the table that a press is; null while only Shift, Ctrl, Alt or Command is held. */
export function keyOf(event: Pressed): Key | null {
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Unidentified', 'CapsLock'].includes(event.key))
    return null;
  const name = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const isSign = name.length === 1 && !/[A-Z0-9]/.test(name);
  const held = [
    event.ctrlKey || event.metaKey ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && !isSign ? 'Shift' : '',
  ].filter(Boolean);
  return [...held, name].join('+');
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
  return partsOf(key)
    .map((part) => words[part] ?? part)
    .join('+');
}
