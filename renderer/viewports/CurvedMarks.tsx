import { useDesk, usePlan, useToolState } from '../actions/index.ts';
import type { CurvedShape, View } from '../cornerstone/types.ts';
import { lineReading, markersOf } from './lineReading.ts';
import './curvedMarks.css';

const shapes: readonly { readonly shape: CurvedShape; readonly title: string }[] = [
  { shape: 'straightened', title: 'Straightened' },
  { shape: 'stretched', title: 'Stretched' },
];

/** On the curved view: where the cross-section stands, the lesion's borders and the narrowest place, and how the surface lies. */
export function CurvedMarks({ view }: { readonly view: View }) {
  const desk = useDesk();
  const reading = lineReading(desk, view);
  const { along } = view;
  if (view.kind !== 'curved' || along === undefined) return null;
  if (reading === null) return <NoLine />;
  const here = along.canvasX(desk.along.positionMm());
  return (
    <>
      <svg className="curved-marks" aria-hidden>
        {markersOf(reading, desk).map(({ label, at, handle }) => {
          const x = along.canvasX(at);
          return (
            <g key={label} data-marker={label} data-handle={handle}>
              <line className="curved-marker" x1={x} x2={x} y1="0" y2="100%" />
            </g>
          );
        })}
        <line className="line-here-ground" x1={here} x2={here} y1="0" y2="100%" />
        <line className="line-here" x1={here} x2={here} y1="0" y2="100%" />
      </svg>
      <div className="curved-bar" data-control data-written>
        <span role="radiogroup" aria-label="Shape of the curved view">
          {shapes.map(({ shape, title }) => (
            <button
              key={shape}
              type="button"
              role="radio"
              aria-checked={along.shape === shape}
              onClick={() => along.show(shape)}
            >
              {title}
            </button>
          ))}
        </span>
        <label>
          Turn
          <input
            type="range"
            aria-label="Turn about the vessel"
            aria-valuetext={`${along.angleDeg.toFixed(0)}°`}
            min={0}
            max={355}
            step={5}
            value={along.angleDeg}
            onChange={({ target }) => along.turnBy(Number(target.value) - along.angleDeg)}
          />
          <span className="numbers">{along.angleDeg.toFixed(0)}°</span>
        </label>
      </div>
    </>
  );
}

/** What is to be done, or that it is being done. */
function NoLine() {
  const tool = useToolState();
  const { plan, progress } = usePlan();
  const computing = typeof progress === 'number' && Object.keys(plan.records).length > 0;
  if (tool.state === 'placing') return <p className="pane-empty">{tool.asks}</p>;
  if (computing) return <p className="pane-empty">Following the vessel… {Math.round(100 * (progress ?? 0))} %</p>;
  return (
    <p className="pane-empty">No vessel yet: press V, then click it where it shall begin and where it shall end.</p>
  );
}
