import { useDesk, useSession } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { isOfPlanes } from '../state/index.ts';
import { crosshairLines, gapPx, ringPx, ringsOf } from './crosshairLines.ts';

const far = 4000;

/** The linked crosshair of an MPR: the other planes, seen edge on. */
export function Crosshair({ view }: { readonly view: View }) {
  const { views } = useDesk();
  const shown = useSession((state) => state.crosshair && isOfPlanes(state.layout));
  const point = useSession((state) => state.point);
  if (!shown || point === null || view.kind !== 'mpr') return null;
  return (
    <svg className="crosshair" aria-hidden>
      {crosshairLines(view, views.all(), point).map((line) => {
        const { of, centre, direction } = line;
        const [x, y] = centre;
        const [dx, dy] = direction;
        return (
          <g key={of} className="crosshair-line" data-of={of}>
            <line x1={x + gapPx * dx} y1={y + gapPx * dy} x2={x + far * dx} y2={y + far * dy} />
            <line x1={x - gapPx * dx} y1={y - gapPx * dy} x2={x - far * dx} y2={y - far * dy} />
            {ringsOf(line, view.element).map(([cx, cy]) => (
              <circle key={`${cx} ${cy}`} cx={cx} cy={cy} r={ringPx} data-written />
            ))}
          </g>
        );
      })}
    </svg>
  );
}
