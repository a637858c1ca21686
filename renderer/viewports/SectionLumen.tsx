import { along, type LpsMm, type Vec2 } from '../../src/geometry/index.ts';
import type { LineSection } from '../../src/measurements/index.ts';
import { clearWall, isWallByHand, useDesk } from '../actions/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View, ViewMap } from '../cornerstone/types.ts';
import { planeAt } from '../curved/index.ts';
import { valueText } from '../ui/quantityText.ts';
import { lineReading, profileAt } from './lineReading.ts';
import './sectionLumen.css';

const rows: readonly { readonly column: string; readonly title: string; readonly unit: string }[] = [
  { column: 'minimumDiameter', title: 'Minimum', unit: 'mm' },
  { column: 'meanDiameter', title: 'Mean', unit: 'mm' },
  { column: 'maximumDiameter', title: 'Maximum', unit: 'mm' },
  { column: 'area', title: 'Area', unit: 'mm2' },
];

/** On the cross-section: the lumen's contour, its least and greatest chord, and the numbers of the place. */
export function SectionLumen({ view }: { readonly view: View }) {
  const desk = useDesk();
  const reading = view.kind === 'section' ? lineReading(desk, view) : null;
  const map = view.map();
  if (view.kind !== 'section') return null;
  if (reading === null || map?.in !== 'patient') return <p className="pane-empty">The plane across the vessel.</p>;
  const position = desk.along.positionMm();
  const section = reading.line.sections[planeAt(reading.line, position).index];
  const values = rows.flatMap((row) => {
    const value = profileAt(reading, row.column, position);
    return value === null ? [] : [{ ...row, value }];
  });
  const held = desk.along.heldWall();
  const contour = section === undefined ? null : contourOf({ ...section, wallMm: held ?? section.wallMm });
  const byHand = section !== undefined && isWallByHand(desk, section);
  return (
    <>
      {contour === null ? null : <Contour contour={contour} map={map} stale={held === null && reading.plan.stale} />}
      {values.length === 0 ? null : (
        <dl className="section-values numbers" data-written data-stale={reading.plan.stale || undefined}>
          {values.map(({ column, title, unit, value }) => (
            <div key={column} data-column={column}>
              <dt>{title}</dt>
              <dd>{valueText(value, unit)}</dd>
            </div>
          ))}
        </dl>
      )}
      {section !== undefined && byHand ? (
        <p className="section-by-hand" data-control data-written>
          Changed by hand.{' '}
          <button type="button" onClick={() => clearWall(desk, section)}>
            As found
          </button>
        </p>
      ) : null}
    </>
  );
}

/** LPS mm, around from `u`; null where no lumen is measured. */
function contourOf({ at, u, v, wallMm }: LineSection): readonly LpsMm[] | null {
  return wallMm?.map(([x, y]) => along(along(at, u, x), v, y)) ?? null;
}

function Contour({
  contour,
  map,
  stale,
}: {
  readonly contour: readonly LpsMm[];
  readonly map: ViewMap;
  readonly stale: boolean;
}) {
  const points = contour.flatMap((point): readonly Vec2[] => {
    const place = placeOnCanvas(map, point);
    return place === null ? [] : [place];
  });
  const chords = chordsThroughMiddle(points);
  const path = points.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
  return (
    <svg className="section-lumen" aria-hidden data-stale={stale || undefined}>
      <path className="lumen-ground" d={`${path}Z`} />
      <path className="lumen-contour" d={`${path}Z`} />
      {chords.map(([[x1, y1], [x2, y2]], n) => (
        <line
          key={n === 0 ? 'least' : 'most'}
          className="lumen-chord"
          data-chord={n === 0 ? 'least' : 'most'}
          x1={x1}
          y1={y1}
          x2={x2}
          y2={y2}
        />
      ))}
    </svg>
  );
}

/** The least and the greatest chord through the contour's middle, on the canvas. */
function chordsThroughMiddle(points: readonly Vec2[]): readonly (readonly [Vec2, Vec2])[] {
  let [area, mx, my] = [0, 0, 0];
  points.forEach(([x, y], n) => {
    const [nextX, nextY] = points[(n + 1) % points.length] ?? [x, y];
    const twice = x * nextY - nextX * y;
    area += twice;
    mx += (x + nextX) * twice;
    my += (y + nextY) * twice;
  });
  if (Math.abs(area) < 1e-6) return [];
  const middle: Vec2 = [mx / (3 * area), my / (3 * area)];
  const found = Array.from({ length: 90 }, (_, n) => {
    const angle = (Math.PI * n) / 90;
    const direction: Vec2 = [Math.cos(angle), Math.sin(angle)];
    const [a, b] = [reach(points, middle, direction), reach(points, middle, [-direction[0], -direction[1]])];
    const end = (far: number, way: 1 | -1): Vec2 => [
      middle[0] + way * far * direction[0],
      middle[1] + way * far * direction[1],
    ];
    return { length: a + b, ends: [end(a, 1), end(b, -1)] as const };
  }).toSorted((a, b) => a.length - b.length);
  return [found[0], found.at(-1)].flatMap((one) => (one === undefined ? [] : [one.ends]));
}

/** How far the contour lies from a point inside it in a direction. */
function reach(points: readonly Vec2[], [cx, cy]: Vec2, [dx, dy]: Vec2): number {
  let far = 0;
  points.forEach(([ax, ay], n) => {
    const [bx, by] = points[(n + 1) % points.length] ?? [ax, ay];
    const [ex, ey] = [bx - ax, by - ay];
    const cross = dx * ey - dy * ex;
    if (Math.abs(cross) < 1e-12) return;
    const t = ((ax - cx) * ey - (ay - cy) * ex) / cross;
    const s = ((ax - cx) * dy - (ay - cy) * dx) / cross;
    if (t > 0 && s >= -1e-9 && s <= 1 + 1e-9) far = Math.max(far, t);
  });
  return far;
}
