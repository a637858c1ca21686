import { expect, it } from 'vitest';
import { startEngine } from '../../../renderer/cornerstone/index.ts';
import { grid, phantom, place } from './phantom.ts';

it('compiles no further program for planes once the page is warm, whatever the size of the volume', async () => {
  const sources: string[] = [];
  const { prototype } = WebGL2RenderingContext;
  const original = Object.getOwnPropertyDescriptor(prototype, 'shaderSource');
  prototype.shaderSource = function (this: WebGL2RenderingContext, shader: WebGLShader, source: string) {
    sources.push(source);
    Reflect.apply(original?.value, this, [shader, source]);
  };
  const elements: HTMLElement[] = [];
  try {
    for (const [dimensions, spacing] of [
      [
        [32, 24, 16],
        [1, 1, 2],
      ],
      [
        [48, 48, 40],
        [0.4, 0.4, 0.7],
      ],
    ] as const) {
      sources.length = 0;
      const made = phantom({ geometry: grid(dimensions, spacing), modality: 'CT', value: (i, j, k) => i + j + k });
      const engine = await startEngine(made.source);
      const element = place(200, 200);
      elements.push(element);
      await engine.createView(element, 'Axial', engine.load(made.series));
      const rays = sources.filter((source) => source.includes('vtkMaximumNumberOfSamples'));
      engine.destroy();
      expect(new Set(rays).size).toBe(1);
    }
  } finally {
    if (original) Object.defineProperty(prototype, 'shaderSource', original);
    for (const element of elements) element.remove();
  }
});
