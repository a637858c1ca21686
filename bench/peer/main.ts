// A page with nothing but Cornerstone3D and its default loader (wadouri), as its own examples do it: the measure that
// the application's opening is held against.
import {
  Enums,
  BaseVolumeViewport,
  RenderingEngine,
  StackViewport,
  eventTarget,
  imageLoader,
  init as initCore,
  setVolumesForViewports,
  volumeLoader,
  type Types,
} from '@cornerstonejs/core';
import { init as initLoader } from '@cornerstonejs/dicom-image-loader';
import { init as initTools } from '@cornerstonejs/tools';

/** What the benchmark calls. `open` resolves when every slice is decoded and, in `mpr`, drawn. */
export interface Peer {
  open(urls: readonly string[], layout: '1x1' | 'mpr'): Promise<void>;
}
declare global {
  interface Window {
    peer?: Peer;
    /** Put in by the benchmark (firstPicture.ts). */
    firstPicture?: { readonly at: number };
  }
}

const planes = [Enums.OrientationAxis.AXIAL, Enums.OrientationAxis.CORONAL, Enums.OrientationAxis.SAGITTAL];

function views(count: number): HTMLDivElement[] {
  const parent = document.querySelector('#views');
  if (!(parent instanceof HTMLElement)) throw new Error('the page has no #views');
  parent.dataset['layout'] = count > 1 ? 'mpr' : '1x1';
  return Array.from({ length: count }, () => parent.appendChild(document.createElement('div')));
}

async function openStack(engine: RenderingEngine, imageIds: string[]): Promise<void> {
  const [element] = views(1);
  if (element === undefined) return;
  engine.enableElement({ viewportId: 'stack', element, type: Enums.ViewportType.STACK });
  const viewport = engine.getViewport('stack');
  if (!(viewport instanceof StackViewport)) return;
  await viewport.setStack(imageIds, Math.floor(imageIds.length / 2));
  viewport.render();
  // The picture first, then the rest: asked for all at once, the slice that is shown would come late.
  while (window.firstPicture?.at === 0) await new Promise(requestAnimationFrame);
  await Promise.all(imageIds.map((imageId) => imageLoader.loadAndCacheImage(imageId)));
}

async function openPlanes(engine: RenderingEngine, imageIds: string[]): Promise<void> {
  const inputs: Types.PublicViewportInput[] = views(planes.length).map((element, index) => ({
    viewportId: `plane-${index}`,
    element,
    type: Enums.ViewportType.ORTHOGRAPHIC,
    defaultOptions: { orientation: planes[index] },
  }));
  engine.setViewports(inputs);
  const loaded = new Promise<void>((resolve) => {
    eventTarget.addEventListener(Enums.Events.IMAGE_VOLUME_LOADING_COMPLETED, () => resolve());
  });
  const volumeId = 'cornerstoneStreamingImageVolume:peer';
  const volume = await volumeLoader.createAndCacheVolume(volumeId, { imageIds });
  volume.load();
  await setVolumesForViewports(
    engine,
    [{ volumeId }],
    inputs.map(({ viewportId }) => viewportId),
  );
  for (const { viewportId } of inputs) {
    const viewport = engine.getViewport(viewportId);
    if (viewport instanceof BaseVolumeViewport) viewport.setProperties({ voiRange: { lower: -160, upper: 240 } });
  }
  engine.render();
  await loaded;
  engine.render();
}

initCore();
initTools();
initLoader();
window.peer = {
  async open(urls, layout) {
    const engine = new RenderingEngine('peer');
    const imageIds = urls.map((url) => `wadouri:${new URL(url, location.href).href}`);
    await (layout === 'mpr' ? openPlanes(engine, imageIds) : openStack(engine, imageIds));
  },
};
