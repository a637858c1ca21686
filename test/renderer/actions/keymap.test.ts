import { describe, expect, it } from 'vitest';
import { keysWith, keysWithout, ownerOf, withOwnKeys } from '../../../renderer/actions/keymap.ts';
import { isCharacter, keyOf, keyText, pressed } from '../../../renderer/actions/keys.ts';

const actions = [
  { id: 'tool.length', title: 'Length', keys: ['L'] },
  { id: 'invert', title: 'Invert', keys: ['I'] },
  { id: 'undo', title: 'Undo', keys: ['Mod+Z'] },
  { id: 'cine.faster', title: 'Faster', keys: ['+', '='] },
];
const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('keys that a person chose', () => {
  it('take the place of the table’s own', () => {
    const own = withOwnKeys(actions, { keys: { 'tool.length': ['D'] }, letterKeys: true });
    expect(own.map(({ keys }) => keys)).toEqual([['D'], ['I'], ['Mod+Z'], ['+', '=']]);
  });
  it('single letters and signs can be switched off; those with Ctrl stay', () => {
    const own = withOwnKeys(actions, { keys: {}, letterKeys: false });
    expect(own.map(({ keys }) => keys)).toEqual([[], [], ['Mod+Z'], []]);
  });
  it('a key that is taken tells whose it is, and leaves its owner when it is taken all the same', () => {
    expect(ownerOf(actions, { keys: {} }, 'i', 'tool.length')?.title).toBe('Invert');
    expect(ownerOf(actions, { keys: {} }, 'I', 'invert')).toBeUndefined();
    const keys = keysWith(actions, { keys: {} }, 'tool.length', 'I');
    expect(keys).toEqual({ 'tool.length': ['I'], invert: [] });
    expect(keysWithout({ keys }, 'tool.length')).toEqual({ invert: [] });
  });
});

describe('a press as a key of the table', () => {
  it('is the same that acts again', () => {
    for (const event of [
      { ...held, key: 'd' },
      { ...held, key: 'D', shiftKey: true },
      { ...held, key: 'z', ctrlKey: true, shiftKey: true },
      { ...held, key: '+', shiftKey: true },
      { ...held, key: ' ' },
      { ...held, key: 'ArrowUp', altKey: true },
      { ...held, key: 'F10', shiftKey: true },
    ]) {
      const key = keyOf(event);
      expect(key).not.toBeNull();
      expect(pressed(key ?? '', event), String(key)).toBe(true);
    }
  });
  it('the plus sign is a key, also with Ctrl, and reads as one', () => {
    expect(keyOf({ ...held, key: '+', shiftKey: true })).toBe('+');
    expect(pressed('Mod++', { ...held, key: '+', ctrlKey: true })).toBe(true);
    expect(keyText('Mod++')).toBe('Ctrl++');
  });
  it('Shift, Ctrl and Alt alone are none', () => {
    expect(['Shift', 'Control', 'Alt', 'Meta'].map((key) => keyOf({ ...held, key }))).toEqual([null, null, null, null]);
  });
  it('a character is a letter, digit or sign without Ctrl and Alt', () => {
    expect(['L', '1', '?', '+', 'Shift+H'].every(isCharacter)).toBe(true);
    expect(['Mod+Z', 'Alt+1', 'Space', 'F2', 'Delete', 'Escape', 'ArrowUp'].some(isCharacter)).toBe(false);
  });
});
