import type { RenderingEngine } from '@cornerstonejs/core';
import type { VolumeGeometry } from '../../src/geometry/index.ts';
import type { View } from './types.ts';
export function openVolumeView(_given: { element: HTMLDivElement; held: unknown; rendering: RenderingEngine; software: boolean; geometry: VolumeGeometry; id: string; remember: (view: View) => void; forget: (view: View) => void }): Promise<View> {
  return Promise.reject(new Error('not yet'));
}
