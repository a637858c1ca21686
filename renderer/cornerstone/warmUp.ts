import type { RenderingEngine } from '@cornerstonejs/core';
import { setRaySteps } from './raySteps.ts';
import { makeSlabsExact } from './slabShader.ts';
import { Enums, setVolumesForViewports, volumeLoader, cache, VolumeViewport } from '@cornerstonejs/core';

let warmed = 0;

const tinyMetadata = {
  BitsAllocated: 16,
  BitsStored: 16,
  SamplesPerPixel: 1,
  HighBit: 15,
  PhotometricInterpretation: 'MONOCHROME2',
  PixelRepresentation: 1,
  Modality: 'CT',
  ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
  PixelSpacing: [1, 1],
  FrameOfReferenceUID: 'warm',
  Columns: 8,
  Rows: 8,
  voiLut: [],
  VOILUTFunction: 'LINEAR',
};

/** Compiles the shaders of planes by drawing a tiny volume out of sight, once the page has had time to paint: the first picture would block half a second longer. */
export async function warmUp(engine: RenderingEngine): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (!engineLives(engine)) return;
  warmed += 1;
  const element = document.createElement('div');
  element.style.cssText =
    'position:fixed;left:-200px;top:0;width:32px;height:32px;visibility:hidden;pointer-events:none';
  document.body.append(element);
  const viewportId = `seldinger-warm-${warmed}`;
  const volumeId = `seldinger-warm-volume-${warmed}`;
  try {
    volumeLoader.createLocalVolume(volumeId, {
      scalarData: new Int16Array(512),
      dimensions: [8, 8, 8],
      spacing: [1, 1, 1],
      origin: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      metadata: tinyMetadata,
    });
    engine.enableElement({ viewportId, element, type: Enums.ViewportType.ORTHOGRAPHIC });
    const painted = new Promise<void>((resolve) => {
      element.addEventListener(Enums.Events.IMAGE_RENDERED, () => resolve(), { once: true });
      setTimeout(resolve, 5000);
    });
    await setVolumesForViewports(
      engine,
      [
        {
          volumeId,
          callback: ({ volumeActor }) => {
            setRaySteps(volumeActor);
            makeSlabsExact(volumeActor);
          },
        },
      ],
      [viewportId],
    );
    engine.renderViewport(viewportId);
    await painted;
  } catch {
    // Only time is lost.
  } finally {
    const viewport = engineLives(engine) ? engine.getViewport(viewportId) : undefined;
    if (viewport instanceof VolumeViewport) viewport.removeAllActors();
    if (viewport) engine.disableElement(viewportId);
    const volume = cache.getVolume(volumeId);
    volume?.vtkOpenGLTexture.releaseGraphicsResources();
    if (volume) {
      const { imageIds } = volume;
      cache.removeVolumeLoadObject(volumeId);
      for (const id of imageIds) if (cache.isLoaded(id)) cache.removeImageLoadObject(id, { force: true });
    }
    element.remove();
  }
}

function engineLives(engine: RenderingEngine): boolean {
  try {
    engine.getViewports();
    return true;
  } catch {
    return false;
  }
}
