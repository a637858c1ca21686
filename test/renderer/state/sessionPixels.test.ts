import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/dicom/index.ts';
import type { Engine, LoadedSeries } from '../../../renderer/cornerstone/types.ts';
import { createSessionPixels } from '../../../renderer/state/index.ts';
import { grid, phantom } from '../cornerstone/phantom.ts';

/** A series of 100 bytes named by one letter. */
function named(key: string): Series {
  return { ...phantom({ geometry: grid([5, 10, 1], [1, 1, 1]), value: () => 0 }).series, key };
}

/** An engine that holds at most `room` series, of which those in `coming` are still loading. */
function engineOf(room: number, coming: ReadonlySet<string> = new Set()) {
  const held = new Map<string, LoadedSeries>();
  const engine: Engine = {
    isolated: true,
    limitation: null,
    load(series) {
      const known = held.get(series.key);
      if (known) return known;
      if (held.size >= room) throw new Error('This series needs more memory than is free.');
      const loaded: LoadedSeries = {
        series,
        data: new Int16Array(50),
        samplesPerPixel: 1,
        unit: '1',
        landed: 1,
        has: () => true,
        whenFrame: () => Promise.resolve(),
        whenAll: () => Promise.resolve(),
        faults: () => new Map(),
        onProgress: () => () => {},
        loadingFraction: coming.has(series.key) ? 0.5 : 1,
      };
      held.set(series.key, loaded);
      return loaded;
    },
    release: (key) => void held.delete(key),
    onLost: () => () => {},
    thumbnail: () => Promise.reject(new Error('none')),
    preview: () => Promise.reject(new Error('none')),
    createView: () => Promise.reject(new Error('none')),
    destroy: () => {},
  };
  return { engine, keys: () => [...held.keys()].sort().join('') };
}
const on = (...keys: string[]): ReadonlySet<string> => new Set(keys);

describe('the pixels of series in memory', () => {
  it('are those of two series, the latest seen; what others made of a series is let go with it', () => {
    const { engine, keys } = engineOf(9);
    const gone: string[] = [];
    const pixels = createSessionPixels(engine, (key) => gone.push(key));
    for (const key of ['a', 'b', 'c']) {
      pixels.load(named(key));
      pixels.show(on(key));
    }
    expect(keys()).toBe('bc');
    expect(gone).toEqual(['a']);
    expect(pixels.bytes).toBe(200);
    // Seen again, b is the later of the two.
    pixels.load(named('b'));
    pixels.show(on('b'));
    pixels.load(named('d'));
    pixels.show(on('d'));
    expect(keys()).toBe('bd');
    expect(pixels.get('c')).toBeUndefined();
  });
  it('are all of those on screen, and then no others', () => {
    const { engine, keys } = engineOf(9);
    const pixels = createSessionPixels(engine, () => {});
    for (const key of ['a', 'b', 'c']) pixels.load(named(key));
    pixels.show(on('b', 'c'));
    expect(keys()).toBe('bc');
    for (const key of ['d', 'e']) pixels.load(named(key));
    pixels.show(on('c', 'd', 'e'));
    expect(keys()).toBe('cde');
  });
  it('stay while a measurement waits for them', () => {
    const { engine, keys } = engineOf(9, on('m', 'n'));
    const pixels = createSessionPixels(engine, () => {});
    for (const key of ['m', 'n', 'a', 'b']) pixels.load(named(key));
    pixels.show(on('b'));
    expect(keys()).toBe('abmn');
  });
  it('make room where memory ends, for as long as there is something to let go', () => {
    const { engine, keys } = engineOf(2);
    const pixels = createSessionPixels(engine, () => {});
    pixels.load(named('a'));
    pixels.load(named('b'));
    pixels.show(on('b'));
    pixels.load(named('c'));
    expect(keys()).toBe('bc');
    pixels.show(on('b', 'c'));
    expect(() => pixels.load(named('d'))).toThrow('more memory than is free');
    expect(keys()).toBe('bc');
  });
});
