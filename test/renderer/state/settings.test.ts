import { describe, expect, it } from 'vitest';
import { createSettings, settingsFrom } from '../../../renderer/state/settings.ts';

describe('the settings in the window', () => {
  it('fall back to the default key by key where a stored value makes no sense', () => {
    expect(settingsFrom({ theme: 'pink', letterKeys: false, panels: { left: -4, right: 400 }, keys: 3 })).toEqual({
      theme: 'dark',
      mouseProfile: 'standard',
      buttons: {},
      keys: {},
      letterKeys: false,
      loupe: true,
      panels: { left: null, right: 400 },
      job: null,
    });
    for (const wrong of [null, 7, 'x', []]) expect(settingsFrom(wrong)).toEqual(settingsFrom({}));
  });

  it('write only what was changed, several changes at once', async () => {
    const written: unknown[] = [];
    const call = (_method: string, input: unknown): Promise<never> => {
      written.push(input);
      return Promise.reject(new Error('the disk is full'));
    };
    const settings = createSettings({ call }, { unknown: 1, theme: 'light' });
    settings.change({ job: 'needle' });
    settings.change({ letterKeys: false });
    expect(settings.getState()).toMatchObject({ theme: 'light', job: 'needle', letterKeys: false });
    await settings.written();
    expect(written).toEqual([{ changes: { job: 'needle', letterKeys: false } }]);
  });
});
