import { along, dot, subtract } from '../../src/geometry/index.ts';
import type { LpsMm, Shape, Vec3 } from '../../src/geometry/index.ts';

type Ellipsoid = Extract<Shape, { type: 'ellipsoid' }>;
const corners = 72;

/** The ellipse in which a plane cuts an ellipsoid, as a ring of points, LPS mm; undefined where it passes beside it. */
export function outlineOnPlane(
  ellipsoid: Ellipsoid,
  plane: { readonly through: LpsMm; readonly right: Vec3; readonly down: Vec3 },
): readonly LpsMm[] | undefined {
  const { centre, semiAxes, axes } = ellipsoid;
  /** Into the space where the ellipsoid is the unit ball. */
  const round = (v: Vec3): Vec3 => [
    dot(v, axes[0]) / semiAxes[0],
    dot(v, axes[1]) / semiAxes[1],
    dot(v, axes[2]) / semiAxes[2],
  ];
  const [q, u, v] = [round(subtract(plane.through, centre)), round(plane.right), round(plane.down)];
  const [a, b, c] = [dot(u, u), dot(u, v), dot(v, v)];
  const determinant = a * c - b * b;
  const [s, t] = [dot(u, q), dot(v, q)];
  const [s0, t0] = [(b * t - c * s) / determinant, (b * s - a * t) / determinant];
  const rest = 1 - (dot(q, q) + s * s0 + t * t0);
  if (!(rest > 0)) return undefined;
  // Cholesky: [a b; b c] = L L', ring = middle + sqrt(rest) L'^-1 (cos, sin).
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const l22 = Math.sqrt(c - l21 * l21);
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    const y = (Math.sqrt(rest) * Math.sin(angle)) / l22;
    const x = (Math.sqrt(rest) * Math.cos(angle) - l21 * y) / l11;
    return along(along(plane.through, plane.right, s0 + x), plane.down, t0 + y);
  });
}
