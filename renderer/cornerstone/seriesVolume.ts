import { cache, volumeLoader } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import type { VolumeGeometry } from '../../src/geometry/index.ts';
import type { SeriesImages } from './seriesImages.ts';
import type { LoadingSeries } from './seriesLoading.ts';

/** A software rasterizer needs tens of milliseconds a batch of slices; more pictures a second would only stop the loading. */
const redrawMs = 200;

/** The series as Cornerstone's volume: no copy, one texture for all its planes, uploaded slice by slice as they come. */
export interface SeriesVolume {
  readonly id: string;
  /** Views to draw again when slices came. */
  addView(redraw: () => void): () => void;
  /** Marks what has come; the next picture uploads it. The first picture with a new texture is thrown away before this. */
  markAll(): void;
  release(): void;
}

export function makeVolume(loaded: LoadingSeries, images: SeriesImages, geometry: VolumeGeometry): SeriesVolume {
  const id = `seldinger-volume:${images.token}`;
  const volume = volumeLoader.createAndCacheVolumeFromImagesSync(id, [...images.ids]);
  placeVolume(volume, geometry);
  const sliceOf = new Map(volume.imageIds.map((imageId, slice) => [imageId, slice]));
  const mark = (index: number): void => {
    const slice = sliceOf.get(images.ids[index] ?? '');
    if (slice !== undefined) volume.vtkOpenGLTexture.setUpdatedFrame(slice);
  };
  const views = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const redraw = (): void => {
    timer = null;
    for (const view of views) view();
  };
  const stop = loaded.onFrame((index) => {
    mark(index);
    timer ??= setTimeout(redraw, redrawMs);
  });
  return {
    id,
    addView: (view) => {
      views.add(view);
      return () => views.delete(view);
    },
    markAll: () => {
      for (const index of images.ids.keys()) if (loaded.has(index)) mark(index);
    },
    release: () => {
      stop();
      if (timer !== null) clearTimeout(timer);
      views.clear();
      volume.vtkOpenGLTexture.releaseGraphicsResources();
      if (cache.getVolume(id)) cache.removeVolumeLoadObject(id);
    },
  };
}

/**
 * Says where the voxels truly are. Cornerstone makes its directions in single precision, and its third axis is always normal to the
 * others; a gantry-tilted stack is drawn exactly when it is given the slanted one before any view uses the volume.
 */
export function placeVolume(volume: Types.IImageVolume, geometry: VolumeGeometry): void {
  const [row, column, slice] = geometry.direction;
  const direction: Types.Mat3 = [...row, ...column, ...slice];
  const [dx, dy, dz] = geometry.spacing;
  const spacing: Types.Point3 = [dx, dy, dz];
  const [x, y, z] = geometry.origin;
  const origin: Types.Point3 = [x, y, z];
  volume.direction = direction;
  volume.spacing = spacing;
  volume.origin = origin;
  volume.imageData?.setDirection(direction);
  volume.imageData?.setSpacing(spacing);
  volume.imageData?.setOrigin(origin);
}
