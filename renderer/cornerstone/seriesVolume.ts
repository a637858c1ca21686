import { cache, volumeLoader } from '@cornerstonejs/core';
import type { RenderingEngine, Types } from '@cornerstonejs/core';
import type { VolumeGeometry } from '../../src/geometry/index.ts';
import type { SeriesImages } from './seriesImages.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import { isTextureMade, sliceUpload } from './sliceUpload.ts';
import type { UploadSlice } from './sliceUpload.ts';

/** A software rasterizer needs tens of milliseconds a picture; more pictures a second would only stop the loading. */
const redrawMs = 250;
/** Slices in the very first picture of a plane: enough to see one, few enough to come at once. */
const firstSlices = 6;
/** Longest time the page is kept from everything else by uploading, ms. */
const uploadMs = 8;

/** The series as Cornerstone's volume: no copy, one texture for all its planes, uploaded slice by slice as they come. */
export interface SeriesVolume {
  readonly id: string;
  /** Everything that has come is in the texture. */
  readonly uploaded: boolean;
  /** Views to draw again when slices came. */
  addView(redraw: () => void): () => void;
  /** Before a view draws the volume for the first time: picks a few slices for that picture. */
  beforeFirstPicture(): void;
  /** After it: the rest goes up, and the views are drawn again now and then and at the end. */
  afterFirstPicture(engine: RenderingEngine, viewportId: string): void;
  release(): void;
}

export function makeVolume(loaded: LoadingSeries, images: SeriesImages, geometry: VolumeGeometry): SeriesVolume {
  const id = `seldinger-volume:${images.token}`;
  const volume = volumeLoader.createAndCacheVolumeFromImagesSync(id, [...images.ids]);
  placeVolume(volume, geometry);
  const texture = volume.vtkOpenGLTexture;
  const sliceOf = new Map(volume.imageIds.map((imageId, slice) => [imageId, slice]));
  const sliceAt = (index: number): number => sliceOf.get(images.ids[index] ?? '') ?? index;
  const views = new Set<() => void>();
  /** Frames that have come and are not in the texture, in the order they came. */
  const waiting = new Set<number>();
  let upload: UploadSlice | null = null;
  let open = false;
  let redrawing: ReturnType<typeof setTimeout> | null = null;
  let uploading: ReturnType<typeof setTimeout> | null = null;

  const redraw = (): void => {
    if (redrawing !== null) clearTimeout(redrawing);
    redrawing = null;
    for (const view of views) view();
  };
  const pump = (): void => {
    uploading = null;
    if (!open || !isTextureMade(volume)) return;
    const until = performance.now() + uploadMs;
    for (const index of waiting) {
      if (upload && performance.now() > until) break;
      if (upload) upload(sliceAt(index), loaded.frame(index));
      else texture.setUpdatedFrame(sliceAt(index));
      waiting.delete(index);
    }
    if (waiting.size > 0) uploading = setTimeout(pump, 0);
    if (waiting.size === 0 && loaded.loadingFraction === 1) redraw();
    else redrawing ??= setTimeout(redraw, redrawMs);
  };
  const stop = loaded.onFrame((index) => {
    waiting.add(index);
    if (open) uploading ??= setTimeout(pump, 0);
  });
  for (const index of images.ids.keys()) if (loaded.has(index)) waiting.add(index);

  return {
    id,
    get uploaded() {
      return waiting.size === 0;
    },
    addView: (view) => {
      views.add(view);
      return () => views.delete(view);
    },
    beforeFirstPicture: () => {
      if (isTextureMade(volume)) return;
      // Made anew: nothing of what was there before is in it.
      open = false;
      for (const index of images.ids.keys()) if (loaded.has(index)) waiting.add(index);
      const middle = images.ids.length / 2;
      const nearest = [...waiting].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
      for (const index of nearest.slice(0, firstSlices)) {
        texture.setUpdatedFrame(sliceAt(index));
        waiting.delete(index);
      }
    },
    afterFirstPicture: (engine, viewportId) => {
      if (open || !isTextureMade(volume)) return;
      open = true;
      upload = sliceUpload(engine, viewportId, volume);
      if (waiting.size > 0) uploading ??= setTimeout(pump, 0);
    },
    release: () => {
      stop();
      open = false;
      if (redrawing !== null) clearTimeout(redrawing);
      if (uploading !== null) clearTimeout(uploading);
      views.clear();
      texture.releaseGraphicsResources();
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
