import { layered, type Attributes } from './attributes.ts';
import type { ProjectionGeometry } from './types.ts';

/** Field of View: Shape, Dimension(s), Origin, Rotation, Horizontal Flip; Dimension(s) in Float stands by itself. */
const fieldOfViewTags = ['x00181147', 'x00181149', 'x00187030', 'x00187032', 'x00187034'];

/**
 * The geometry of one frame: of a classic image from the data set, of an enhanced one from its functional groups (X-Ray
 * Geometry, Positioner Position, Field of View, Frame Detector Parameters), those of the frame before those shared.
 */
export function projectionGeometry(
  top: Attributes,
  group: (tag: string) => Attributes | undefined,
): ProjectionGeometry {
  const groups = ['x00189476', 'x00189405', 'x00189432', 'x00289443'].map(group);
  const data = layered([...groups, top]);
  const [rows, columns] = data.decimals('x00181164') ?? [];
  const inFloat = data.float('x00189461');
  const fieldOfView = [
    ...fieldOfViewTags.map((tag) => data.text(tag).trim()),
    inFloat === undefined ? '' : `${inFloat}`,
  ];
  return {
    imagerPixelSpacing: rows && columns && rows > 0 && columns > 0 ? [rows, columns] : null,
    sourceToDetectorMm: data.decimal('x00181110') ?? null,
    sourceToPatientMm: data.decimal('x00181111') ?? data.float('x00189402') ?? null,
    primaryAngleDeg: data.decimal('x00181510') ?? null,
    secondaryAngleDeg: data.decimal('x00181511') ?? null,
    fieldOfView: fieldOfView.some((text) => text !== '') ? fieldOfView.join(' ') : null,
  };
}

/**
 * A classic run with a moving gantry tells the angles of its first frame and, for every frame, what is to be added to the
 * frame before (0018,1520 and 0018,1521; one value: the same for every frame; PS3.17 FFF.2.1.3.1.2). undefined where it does not move.
 */
export function movingGantry(
  top: Attributes,
  frames: number,
  first: ProjectionGeometry,
): readonly ProjectionGeometry[] | undefined {
  const turns = top.decimals('x00181520') ?? [];
  const tilts = top.decimals('x00181521') ?? [];
  const moves = [...turns, ...tilts].some((deg) => deg !== 0);
  if (frames < 2 || !moves) return undefined;
  const added = (from: number | null, steps: readonly number[]) => {
    let sum = from ?? 0;
    return Array.from(
      { length: frames },
      (_, k) => (sum += k === 0 ? 0 : (steps[k] ?? (steps.length === 1 ? (steps[0] ?? 0) : 0))),
    );
  };
  const primary = added(first.primaryAngleDeg, turns);
  const secondary = added(first.secondaryAngleDeg, tilts);
  return primary.map((deg, k) => ({ ...first, primaryAngleDeg: deg, secondaryAngleDeg: secondary[k] ?? null }));
}
