import { describe, expect, it } from 'vitest';
import { buttonsOf, gripOf } from '../../../renderer/cornerstone/mouse.ts';

describe('what the buttons of the mouse do', () => {
  it('Standard: left window, middle or left with right moves, right zooms', () => {
    expect(buttonsOf('standard', {})).toEqual({ left: 'window', middle: 'pan', right: 'zoom', both: 'pan' });
  });
  it('Right-drag window: the right button changes the window', () => {
    expect(buttonsOf('right-window', {}).right).toBe('window');
  });
  it('every button can be changed by itself; what is unknown is passed over', () => {
    expect(buttonsOf('standard', { middle: 'scroll', right: 'dance', wheel: 'pan' })).toEqual({
      left: 'window',
      middle: 'scroll',
      right: 'zoom',
      both: 'pan',
    });
    expect(buttonsOf('of another version', {})).toEqual(buttonsOf('standard', {}));
  });
  it('two outer buttons together are a grip of their own, the middle one comes first', () => {
    expect([1, 2, 3, 4, 7, 0].map(gripOf)).toEqual(['left', 'right', 'both', 'middle', 'middle', null]);
  });
});
