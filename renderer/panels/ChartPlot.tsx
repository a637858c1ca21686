import type { PointerEvent } from 'react';
import type { Chart } from '../../src/measurements/index.ts';
import { unitText } from '../ui/quantityText.ts';
import { nearestIndex, pathOf, rangeOf, ticksOf } from '../ui/chartScale.ts';

const height = 150;
const edge = { left: 44, right: 10, top: 16, bottom: 32 } as const;

/** Lines of one unit over the chart's axis. Draws; what it says is its chart's to say. */
export function ChartPlot({
  chart: { x, lines, markers = [] },
  width,
  at,
  bottom,
  onPoint,
}: {
  readonly chart: Chart;
  /** CSS px. */
  readonly width: number;
  /** Index of the cursor in the axis' values. */
  readonly at: number | null;
  /** The lowest of several: it has the axis' title. */
  readonly bottom: boolean;
  readonly onPoint: (at: number) => void;
}) {
  const [from, to] = [x.values[0] ?? 0, x.values.at(-1) ?? 1];
  const [low, high] = rangeOf(lines.flatMap(({ values }) => values));
  const tall = bottom ? height : height - 16;
  const [right, floor] = [width - edge.right, tall - (bottom ? edge.bottom : edge.bottom - 16)];
  const across = (value: number): number => edge.left + ((value - from) / (to - from || 1)) * (right - edge.left);
  const up = (value: number): number => floor - ((value - low) / (high - low)) * (floor - edge.top);
  const unit = unitText(lines[0]?.unit ?? '1');
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const wanted = from + ((px - edge.left) / (right - edge.left)) * (to - from);
    onPoint(nearestIndex(x.values, wanted));
  };
  return (
    <svg className="chart-plot" width={width} height={tall} aria-hidden onPointerMove={point} onPointerDown={point}>
      <text className="chart-title" x={edge.left} y={10}>
        {[lines.length === 1 ? (lines[0]?.label ?? '') : '', unit].filter(Boolean).join(', ')}
      </text>
      {ticksOf(low, high, 6).map((value) => (
        <g key={value}>
          <line className="chart-grid" x1={edge.left} x2={right} y1={up(value)} y2={up(value)} />
          <text x={edge.left - 5} y={up(value) + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {ticksOf(from, to, Math.max(3, Math.floor((right - edge.left) / 34))).map((value) => (
        <text key={value} x={across(value)} y={floor + 13} textAnchor="middle">
          {value}
        </text>
      ))}
      <line className="chart-axis" x1={edge.left} x2={right} y1={floor} y2={floor} />
      {bottom ? (
        <text className="chart-title" x={(edge.left + right) / 2} y={tall - 4} textAnchor="middle">
          {x.label}, {unitText(x.unit)}
        </text>
      ) : null}
      {markers.map(({ label, at: place }, n) => (
        <g key={label}>
          <line className="chart-marker" x1={across(place)} x2={across(place)} y1={edge.top} y2={floor} />
          <text
            className="chart-title"
            x={across(place)}
            y={10}
            textAnchor={across(place) > right - 24 ? 'end' : 'middle'}
          >
            {place === from || isCovered(markers, n, across) ? '' : label}
          </text>
        </g>
      ))}
      {lines.map(({ label, values }, line) => (
        <path
          key={label}
          className="chart-line"
          data-line={line}
          d={pathOf(
            values.map((value, index) =>
              value === null ? null : ([across(x.values[index] ?? from), up(value)] as const),
            ),
          )}
        />
      ))}
      {at === null ? null : (
        <g className="chart-cursor">
          <line x1={across(x.values[at] ?? from)} x2={across(x.values[at] ?? from)} y1={edge.top} y2={floor} />
          {lines.map(({ label, values }) => {
            const value = values[at] ?? null;
            return value === null ? null : (
              <circle key={label} cx={across(x.values[at] ?? from)} cy={up(value)} r={3.5} />
            );
          })}
        </g>
      )}
    </svg>
  );
}

/** About a letter's width, CSS px. */
const letterPx = 6.2;

/** A name that would lie over that of a marker before it is left out: the table under the chart has them all. */
function isCovered(markers: NonNullable<Chart['markers']>, n: number, across: (value: number) => number): boolean {
  let end = -Infinity;
  for (const { label, at } of markers.slice(0, n + 1)) {
    const half = (letterPx * label.length) / 2;
    const covered = across(at) - half < end;
    if (markers[n]?.label === label) return covered;
    if (!covered) end = across(at) + half;
  }
  return false;
}
