import { expect, it } from 'vitest';
import { startEngine } from '../../../renderer/cornerstone/index.ts';
import { grid, phantom, picture, place } from './phantom.ts';

it('shows a cube in the corner that turns with the patient', async () => {
  const made = phantom({ geometry: grid([32, 24, 16], [1, 1, 2]), modality: 'CT', value: () => 0 });
  const engine = await startEngine(made.source);
  const element = place(300, 300);
  const view = await engine.createView(element, '3D', engine.load(made.series));
  const corner = (): number[] => {
    const { data, width, height } = picture(view.element);
    const grey: number[] = [];
    for (let y = height - 80; y < height; y += 1)
      for (let x = 0; x < 80; x += 1) grey.push(data[4 * (y * width + x)] ?? 0);
    return grey;
  };
  const litIn = (grey: readonly number[]): number => grey.filter((value) => value > 60).length;
  while (litIn(corner()) < 200) await new Promise((resolve) => setTimeout(resolve, 50));
  const before = corner();
  const box = view.element.getBoundingClientRect();
  const at = { clientX: box.left + 150, clientY: box.top + 150, pointerId: 3, pointerType: 'mouse', bubbles: true };
  view.element.dispatchEvent(new PointerEvent('pointerdown', { ...at, button: 0, buttons: 1 }));
  window.dispatchEvent(new PointerEvent('pointermove', { ...at, clientX: at.clientX + 60, button: -1, buttons: 1 }));
  window.dispatchEvent(new PointerEvent('pointerup', { ...at, clientX: at.clientX + 60, button: 0, buttons: 0 }));
  const differing = (): number => corner().filter((value, k) => Math.abs(value - (before[k] ?? 0)) > 40).length;
  while (differing() < 200) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(litIn(corner())).toBeGreaterThan(200);
  engine.destroy();
  element.remove();
});
