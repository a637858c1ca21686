import { describe, expect, it } from 'vitest';
import { cancelScan, openSources, type Desk } from '../../../renderer/actions/index.ts';
import type { HostClient } from '../../../renderer/host/index.ts';
import type { ScanEvent } from '../../../src/contract/index.ts';
import { fakeDesk } from '../app/fakeDesk.ts';
import { series } from '../workers/smallSeries.ts';

const source = { id: 'folder', label: 'a folder', kind: 'folder', lasting: true } as const;

/** A desk whose host tells `events` and then reads on until it is told to stop. */
async function reading(events: readonly ScanEvent[]): Promise<{ desk: Desk; stopped: Promise<unknown> }> {
  let stop: (why: unknown) => void = () => undefined;
  const stopped = new Promise<unknown>((resolve) => (stop = resolve));
  const lines = ((_method, _input, onEvent, signal) => {
    for (const event of events) (onEvent as (event: ScanEvent) => void)(event);
    return new Promise<void>((_, reject) => {
      signal.addEventListener('abort', () => {
        stop(signal.reason);
        reject(signal.reason as Error);
      });
    });
  }) as HostClient['lines'];
  const desk = await fakeDesk();
  return { desk: { ...desk, client: { ...desk.client, lines } }, stopped };
}

describe('a folder that is being read', () => {
  it('shows its series as they come, and when cancelled stops reading and keeps what was found', async () => {
    const other = { ...series, key: 'later', seriesInstanceUID: '1.9', number: 9 };
    const { desk, stopped } = await reading([
      { type: 'series', series, retired: [] },
      { type: 'series', series: other, retired: [] },
      { type: 'progress', filesFound: 5000, filesRead: 120, seriesFound: 2 },
    ]);
    const opening = openSources(desk, [source], { show: false });
    const running = desk.session.getState().scans.find((scan) => scan.running);
    await expect.poll(() => desk.session.getState().series.map(({ key }) => key)).toContain(series.key);
    cancelScan(running?.id ?? '');
    await opening;
    await stopped;
    const { scans, series: kept, messages } = desk.session.getState();
    expect(scans).toMatchObject([{ running: false, filesRead: 120 }]);
    expect(kept.map(({ key }) => key)).toEqual([series.key, 'later']);
    // Half-read series have gaps that are none: that must be said.
    expect(messages.map(({ say }) => say)).toEqual([
      'Reading "a folder" was cancelled: its series may lack images, and gaps named in the list may come from that.',
    ]);
  });

  it('takes a series that grew in place of itself, and leaves out those that it replaces', async () => {
    const part = (key: string) => ({ ...series, key });
    const { desk } = await reading([
      { type: 'series', series: part('whole'), retired: [] },
      { type: 'series', series: part('phase 1'), retired: ['whole'] },
      { type: 'series', series: part('phase 2'), retired: [] },
      { type: 'series', series: { ...part('phase 2'), description: 'grown' }, retired: [] },
    ]);
    const opening = openSources(desk, [source], { show: false });
    await expect.poll(() => desk.session.getState().series.length).toBeGreaterThan(0);
    cancelScan(desk.session.getState().scans[0]?.id ?? '');
    await opening;
    expect(desk.session.getState().series.map(({ key, description }) => [key, description])).toEqual([
      ['phase 1', series.description],
      ['phase 2', 'grown'],
    ]);
  });

  it('is not begun when it was cancelled before the window was drawn', async () => {
    const { desk } = await reading([{ type: 'series', series, retired: [] }]);
    const opening = openSources(desk, [source], { show: false });
    cancelScan(desk.session.getState().scans[0]?.id ?? '');
    await opening;
    expect(desk.session.getState().series).toEqual([]);
    expect(desk.session.getState().scans).toMatchObject([{ running: false, filesRead: 0 }]);
  });
});
