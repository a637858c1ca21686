import type { Types } from '@cornerstonejs/core';

/**
 * vtk.js writes into its shader how many steps a ray through the whole volume takes, so that volumes of other sizes are other
 * programs, each compiled anew (65 ms on a software rasterizer) however well the page was warmed up. With one number for all,
 * the warm-up's program serves: the first planes come that much sooner.
 */
const steps = 1024;

/** Sets the step of rays so that `steps` of them cross the volume; volumes that need distinctly finer steps keep their own. */
export function setRaySteps(actor: Types.VolumeActor): void {
  const mapper = actor.getMapper();
  if (!mapper) return;
  const bounds: readonly number[] = mapper.getBounds();
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0, z0 = 0, z1 = 0] = bounds;
  const diagonal = Math.hypot(x1 - x0, y1 - y0, z1 - z0);
  if (diagonal > 0 && diagonal / mapper.getSampleDistance() <= 1.15 * steps)
    mapper.setSampleDistance(diagonal / (steps - 0.5));
}
