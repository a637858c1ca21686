import { describe, expect, it } from 'vitest';
import { keyText, pressed, type Pressed } from '../../../renderer/actions/keys.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, held: Partial<Pressed> = {}): Pressed => ({ key, ...none, ...held });

describe('keys of the table', () => {
  it('L is L with and without caps lock, and not with Ctrl or shift', () => {
    expect(pressed('L', press('l'))).toBe(true);
    expect(pressed('L', press('L'))).toBe(true);
    expect(pressed('L', press('l', { ctrlKey: true }))).toBe(false);
    expect(pressed('L', press('L', { shiftKey: true }))).toBe(false);
  });
  it('Ctrl+Z and Ctrl+Shift+Z are two keys, and Command is Ctrl on a Mac', () => {
    expect(pressed('Mod+Z', press('z', { ctrlKey: true }))).toBe(true);
    expect(pressed('Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(pressed('Mod+Shift+Z', press('Z', { metaKey: true, shiftKey: true }))).toBe(true);
  });
  it('a sign counts however the keyboard makes it', () => {
    expect(pressed('?', press('?', { shiftKey: true }))).toBe(true);
    expect(pressed('?', press('?'))).toBe(true);
    expect(pressed('[', press('['))).toBe(true);
  });
  it('space is named', () => {
    expect(pressed('Space', press(' '))).toBe(true);
    expect(keyText('Mod+Shift+Z')).toBe('Ctrl+Shift+Z');
  });
});
