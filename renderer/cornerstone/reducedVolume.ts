import { cache, volumeLoader } from '@cornerstonejs/core';
import type { VolumeGeometry } from '../../src/geometry/index.ts';
import { voxelToPatient } from '../../src/geometry/index.ts';
import { hasBit } from '../../src/imaging/index.ts';
import type { SeriesVolume } from './seriesVolume.ts';
import { placeVolume } from './seriesVolume.ts';
import type { LoadingSeries } from './seriesLoading.ts';

let made = 0;
/** Below every tissue, HU; where nothing is left to draw. */
const nothing = -1024;

/**
 * A coarse copy (means of blocks) for 3D where a processor computes the graphics: a ray through every voxel would take seven seconds a
 * picture. For looking only, nothing is measured on it. Made in short pieces so that the page goes on.
 * @param longest voxels of the longest side, at most
 * @param hidden  a bit for each voxel that is left out, in the volume's order; where all of a block are, it is as dark as can be
 */
export async function reduceVolume(
  loaded: LoadingSeries,
  geometry: VolumeGeometry,
  longest: number,
  hidden: Uint8Array | null = null,
): Promise<
  Pick<SeriesVolume, 'id' | 'beforeFirstPicture' | 'afterFirstPicture' | 'release'> & { readonly everyVoxel: number }
> {
  const [nx, ny, nz] = geometry.dimensions;
  const stride = [nx, ny, nz].map((n) => Math.max(1, Math.ceil(n / longest)));
  const [sx = 1, sy = 1, sz = 1] = stride;
  const [mx, my, mz] = [Math.ceil(nx / sx), Math.ceil(ny / sy), Math.ceil(nz / sz)];
  const out = new Float32Array(mx * my * mz);
  const counts = new Float32Array(mx * my);
  for (let k = 0; k < mz; k += 1) {
    const plane = out.subarray(k * mx * my, (k + 1) * mx * my);
    counts.fill(0);
    for (let z = k * sz; z < Math.min(nz, (k + 1) * sz); z += 1) {
      const slice = loaded.frame(z);
      for (let y = 0; y < ny; y += 1) {
        const row = Math.floor(y / sy) * mx;
        for (let x = 0; x < nx; x += 1) {
          if (hidden !== null && hasBit(hidden, (z * ny + y) * nx + x)) continue;
          const at = row + Math.floor(x / sx);
          plane[at] = (plane[at] ?? 0) + (slice[y * nx + x] ?? 0);
          counts[at] = (counts[at] ?? 0) + 1;
        }
      }
    }
    for (let i = 0; i < plane.length; i += 1) plane[i] = counts[i] ? (plane[i] ?? 0) / (counts[i] ?? 1) : nothing;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  made += 1;
  // No colon: with one, Cornerstone would ask a loader for its middle slice.
  const id = `seldinger-reduced-${made}`;
  const reduced: VolumeGeometry = {
    dimensions: [mx, my, mz],
    spacing: [geometry.spacing[0] * sx, geometry.spacing[1] * sy, geometry.spacing[2] * sz],
    origin: voxelToPatient(geometry, [(sx - 1) / 2, (sy - 1) / 2, (sz - 1) / 2]),
    direction: geometry.direction,
    correction: geometry.correction,
  };
  const volume = volumeLoader.createLocalVolume(id, {
    scalarData: out,
    dimensions: [mx, my, mz],
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    metadata: {
      BitsAllocated: 32,
      BitsStored: 32,
      SamplesPerPixel: 1,
      HighBit: 31,
      PhotometricInterpretation: 'MONOCHROME2',
      PixelRepresentation: 1,
      Modality: loaded.series.modality,
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [1, 1],
      FrameOfReferenceUID: id,
      Columns: mx,
      Rows: my,
      voiLut: [],
      VOILUTFunction: 'LINEAR',
    },
  });
  placeVolume(volume, reduced);
  const { imageIds } = volume;
  return {
    id,
    everyVoxel: Math.max(sx, sy, sz),
    beforeFirstPicture: () => volume.vtkOpenGLTexture.modified(),
    afterFirstPicture: () => {},
    release: () => {
      volume.vtkOpenGLTexture.releaseGraphicsResources();
      if (cache.getVolume(id)) cache.removeVolumeLoadObject(id);
      for (const imageId of imageIds)
        if (cache.isLoaded(imageId)) cache.removeImageLoadObject(imageId, { force: true });
    },
  };
}
