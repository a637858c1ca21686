import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { loseAll, lostErrors, noteContexts } from '../support/lostGraphics.ts';
import { smallCt } from '../support/smallCt.ts';

/** Bone of 700 HU, 8 mm in radius, 40 mm long; 3 mm beside it a vessel of 300 HU, 4 mm in radius; soft tissue of 40. */
const boneAndVessel = (x: number, y: number, z: number): number => {
  if (Math.hypot(x + 14, y) <= 8 && z >= 4 && z <= 42) return 700;
  return Math.hypot(x - 1, y) <= 4 ? 300 : 40;
};

describe('3D of a CT with a bone and a vessel three millimetres beside it', () => {
  let app: App;
  let me: Hand;
  let folder: string;
  /** Brightness of 3D (0 to 255) at a patient point, on screen. */
  const brightness = async (point: readonly number[]): Promise<number> => {
    const { x, y } = await me.place('3D', point);
    return app.page.evaluate(`(() => {
      const canvas = document.querySelector('.pane[aria-label="3D"] .engine canvas');
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const at = [(${x} - left) * canvas.width / width, (${y} - top) * canvas.height / height];
      const data = canvas.getContext('2d').getImageData(Math.round(at[0]) - 1, Math.round(at[1]) - 1, 3, 3).data;
      return Math.max(...data.filter((_, i) => i % 4 !== 3));
    })()`);
  };
  const look = (title: string) => app.page.getByLabel('Look of 3D').selectOption({ label: title });
  const bone = [-14, 0, 24];
  const vessel = [1, 0, 24];
  const settled = () =>
    app.until('3D', ({ viewports }) => viewports.some(({ name, complete, rendered }) => name === '3D' && complete && rendered), 60_000); // prettier-ignore

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-volume-'));
    for (const [k, bytes] of smallCt({ slices: 24, hounsfield: boneAndVessel }).entries())
      await writeFile(join(folder, `${k}.dcm`), bytes);
    app = await openApp([folder], {
      viewport: { width: 1366, height: 768 },
      goto: false,
      expectedErrors: lostErrors,
    });
    await app.page.addInitScript(noteContexts);
    await app.page.goto(app.url);
    me = hand(app);
    const { series } = await app.until('the scan', (state) => state.ready && state.series.length === 1);
    await app.openSeries(series[0]?.seriesInstanceUID ?? '', 'mpr');
    await settled();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('draws both as vessels and bone, and the bone alone as bone', async () => {
    expect(await brightness(bone)).toBeGreaterThan(60);
    await expect.poll(() => brightness(vessel)).toBeGreaterThan(60);
    await look('CT bone');
    await expect.poll(() => brightness(bone)).toBeGreaterThan(60);
    await look('MIP');
    await expect.poll(() => brightness(vessel)).toBeGreaterThan(60);
    await look('CT vessel');
    await settled();
    await app.screenshot('volume-1-vessels');
  });

  it('hides the bone under the crosshair, the vessel stays; says how much; shows it again', async () => {
    const at = await me.place('Axial', [bone[0] ?? 0, 0, 24]);
    await app.page.mouse.click(at.x, at.y);
    await app.page.getByRole('button', { name: 'Hide bone' }).click();
    // A cylinder of 8 mm radius, 40 mm long.
    const said = app.page.getByText(/mL of bone are hidden in 3D/);
    await said.waitFor();
    const millilitres = Number(/([\d.]+) mL/.exec(await said.innerText())?.[1]);
    expect(Math.abs(millilitres / ((Math.PI * 64 * 40) / 1000) - 1)).toBeLessThan(0.06);
    await settled();
    await expect.poll(() => brightness(bone)).toBeLessThan(30);
    expect(await brightness(vessel)).toBeGreaterThan(60);
    await app.screenshot('volume-2-bone-hidden');
    await app.page.getByRole('button', { name: 'Show bone' }).click();
    await expect.poll(() => brightness(bone)).toBeGreaterThan(60);
  });

  it('is looked at from a side by a command, keeps its look and its hiding over lost graphics', async () => {
    await app.page.getByRole('button', { name: 'Hide bone' }).click();
    await app.page.getByRole('button', { name: 'Show bone' }).waitFor();
    await look('MIP');
    await me.key('Control+k');
    await app.page.keyboard.type('seen from the left');
    await me.key('Enter');
    const letters = () => app.page.locator('.pane[aria-label="3D"] .letters').innerText();
    await expect.poll(letters).toMatch(/A[\s\S]*P/);
    await settled();
    await app.screenshot('volume-3-left');
    expect(await app.page.evaluate<number>(loseAll)).toBeGreaterThan(0);
    await app.page.getByText('The graphics of this computer stopped').waitFor();
    await settled();
    await app.page.getByRole('button', { name: 'Show bone' }).waitFor();
    expect(await app.page.getByLabel('Look of 3D').inputValue()).toBe('mip');
    await expect.poll(letters).toMatch(/A[\s\S]*P/);
    await expect.poll(() => brightness(vessel)).toBeGreaterThan(60);
    // From the left both lie in one line; the bone reaches further forward and back.
    expect(await brightness([-14, 6, 24])).toBeLessThan(30);
  });
});
