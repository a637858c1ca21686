import { cache } from '@cornerstonejs/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, View } from '../../../renderer/cornerstone/index.ts';
import { startEngine } from '../../../renderer/cornerstone/index.ts';
import { toldImages } from '../../../renderer/cornerstone/metadata.ts';
import { grid, phantom, place } from './phantom.ts';

let engine: Engine | null = null;
const elements: HTMLElement[] = [];
afterEach(() => {
  engine?.destroy();
  engine = null;
  for (const element of elements.splice(0)) element.remove();
});
const made = () =>
  phantom({ geometry: grid([32, 24, 16], [1, 1, 2]), modality: 'MR', value: (i, j, k) => i + 10 * j + 50 * k });

async function view(name: 'Stack' | 'Coronal'): Promise<View> {
  const one = made();
  engine = await startEngine(one.source);
  const element = place(300, 300);
  elements.push(element);
  return engine.createView(element, name, engine.load(one.series));
}

function drag(element: HTMLElement, button: number, buttons: number, by: readonly [number, number]): void {
  const box = element.getBoundingClientRect();
  const at = {
    clientX: box.left + 100,
    clientY: box.top + 100,
    pointerId: 7,
    pointerType: 'mouse',
    bubbles: true,
    cancelable: true,
  };
  element.dispatchEvent(new PointerEvent('pointerdown', { ...at, button, buttons }));
  const to = { ...at, clientX: at.clientX + by[0], clientY: at.clientY + by[1] };
  window.dispatchEvent(new PointerEvent('pointermove', { ...to, button: -1, buttons }));
  window.dispatchEvent(new PointerEvent('pointerup', { ...to, button, buttons: 0 }));
}
function wheel(element: HTMLElement, deltaY: number, ctrlKey = false): void {
  element.dispatchEvent(new WheelEvent('wheel', { deltaY, ctrlKey, bubbles: true, cancelable: true }));
}
function origin(one: View): readonly [number, number] {
  const map = one.map();
  if (map?.in !== 'patient') throw new Error('no map');
  const m = map.toCanvas;
  const p = [-50, -170, -1184] as const;
  return [m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + m[3], m[4] * p[0] + m[5] * p[1] + m[6] * p[2] + m[7]];
}

describe('a hand on the mouse, no tool armed', () => {
  for (const name of ['Stack', 'Coronal'] as const) {
    it(`${name}: the left button changes the window, the middle one moves the picture with the hand, the right one zooms`, async () => {
      const one = await view(name);
      const before = one.state().window;
      drag(one.element, 0, 1, [50, -20]);
      const after = one.state().window;
      expect(after?.width).toBeGreaterThan(before?.width ?? 0);
      expect(after?.centre).toBeLessThan(before?.centre ?? 0);
      const from = origin(one);
      drag(one.element, 1, 4, [23, -11]);
      const to = origin(one);
      expect(to[0] - from[0]).toBeCloseTo(23, 3);
      expect(to[1] - from[1]).toBeCloseTo(-11, 3);
      drag(one.element, 0, 3, [-23, 11]);
      expect(origin(one)[0]).toBeCloseTo(from[0], 3);
      drag(one.element, 2, 2, [0, -60]);
      expect(one.state().zoom).toBeCloseTo(Math.exp(60 / 150), 9);
      one.fit();
      expect(one.state().zoom).toBe(1);
      one.reset();
      expect(one.state().window).toEqual(before);
    });
    it(`${name}: a notch of the wheel is one slice, with ctrl it zooms about the pointer`, async () => {
      const one = await view(name);
      const { index } = one.state();
      wheel(one.element, 100);
      expect(one.state().index).toBe(index + 1);
      wheel(one.element, -120);
      wheel(one.element, -120);
      expect(one.state().index).toBe(index - 1);
      wheel(one.element, -250, true);
      expect(one.state().zoom).toBeGreaterThan(1.5);
      expect(one.state().index).toBe(index - 1);
    });
  }
  it('keeps its hands off when an armed tool stops the press', async () => {
    const one = await view('Stack');
    const before = one.state().window;
    const overlay = document.createElement('div');
    overlay.style.cssText = 'position:absolute;inset:0';
    overlay.addEventListener('pointerdown', (event) => event.stopPropagation());
    one.element.append(overlay);
    drag(overlay, 0, 1, [50, -20]);
    expect(one.state().window).toEqual(before);
  });
  it('keeps its centre and zoom when it or its neighbour changes its size', async () => {
    const one = await view('Stack');
    one.zoomBy(2);
    if (!one.loaded || !engine) throw new Error('nothing is open');
    const beside = place(300, 300);
    elements.push(beside);
    const neighbour = await engine.createView(beside, 'Coronal', one.loaded);
    const before = one.map();
    beside.style.height = '210px';
    neighbour.resize();
    await neighbour.go({ index: 4 });
    await one.go({ index: 8 });
    const numbersOf = (map: ReturnType<typeof one.map>): readonly string[] =>
      map?.in === 'patient' ? map.toCanvas.map((value) => value.toFixed(6)) : [];
    expect(numbersOf(one.map())).toEqual(numbersOf(before));
    expect(beside.querySelector('canvas')?.height).toBe(210 * devicePixelRatio);
    one.element.style.width = '400px';
    one.resize();
    await one.go({ index: 8 });
    expect(one.state().zoom).toBe(2);
    expect(one.element.querySelector('canvas')?.width).toBe(400 * devicePixelRatio);
    expect(one.state().position?.[0]).toBeCloseTo(-60 + 15.5, 6);
  });
});

it('leaves nothing behind after twenty changes of series', async () => {
  const first = made();
  engine = await startEngine(first.source);
  const element = place(200, 200);
  const other = place(200, 200);
  elements.push(element, other);
  for (let turn = 0; turn < 20; turn += 1) {
    const loaded = engine.load(first.series);
    const stack = await engine.createView(element, 'Stack', loaded);
    const plane = await engine.createView(other, 'Sagittal', loaded);
    expect(cache.getVolumes().length).toBe(1);
    if (turn % 2 === 0) stack.destroy();
    engine.release(first.series.key);
    expect(plane.map()).toBeUndefined();
    expect(toldImages()).toBe(0);
    expect(cache.getVolumes().length).toBe(0);
    expect(cache.getCacheSize()).toBe(0);
    expect(element.querySelector('canvas')).toBeNull();
  }
});
