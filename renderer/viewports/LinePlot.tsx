import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useDesk, usePlan } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { plotEdgePx } from '../curved/index.ts';
import { pathOf, rangeOf, ticksOf } from '../ui/chartScale.ts';
import { unitText, valueText } from '../ui/quantityText.ts';
import { linePress, type LinePress } from './linePress.ts';
import { lineReading, markerAt, markersOf, profileAt } from './lineReading.ts';
import type { LineMarker, LineReading } from './lineReading.ts';
import './linePlot.css';

const edge = { ...plotEdgePx, top: 6, bottom: 20 } as const;
const stepMm = 0.5;
const pageMm = 5;

/**
 * The diameters under the curved view, each straight below its place in the picture. It is the slider of the place along the vessel:
 * pressed or dragged, or by arrow keys (0.5 mm), page keys (5 mm), Home and End.
 */
export function LinePlot({ view }: { readonly view: View }) {
  const desk = useDesk();
  usePlan();
  const box = useRef<HTMLDivElement>(null);
  const press = useRef<LinePress | null>(null);
  const [height, setHeight] = useState(110);
  const reading = lineReading(desk, view);
  const there = reading !== null;
  useEffect(() => {
    if (!there || box.current === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setHeight(Math.max(60, Math.floor(entry?.contentRect.height ?? 0))));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [there]);
  const { along } = view;
  if (reading === null || along === undefined) return null;
  const { line } = reading;
  const width = view.element.clientWidth;
  const position = desk.along.positionMm();
  const moveTo = (positionMm: number): void => desk.along.move(positionMm, view.name);
  const xOf = (event: PointerEvent): number => event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: position - stepMm,
    ArrowDown: position + stepMm,
    ArrowRight: position + stepMm,
    ArrowUp: position - stepMm,
    PageUp: position - pageMm,
    PageDown: position + pageMm,
    Home: 0,
    End: line.lengthMm,
  };
  return (
    <div
      ref={box}
      className="line-plot"
      data-control
      data-stale={reading.plan.stale || undefined}
      role="slider"
      tabIndex={0}
      aria-label="Position along the vessel"
      aria-valuemin={0}
      aria-valuemax={line.lengthMm}
      aria-valuenow={position}
      aria-valuetext={readingText(reading, position)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = linePress(desk, view, xOf(event));
        if (press.current.marker === null) press.current.move(xOf(event));
      }}
      onPointerMove={(event) => {
        if ((event.buttons & 1) !== 0) press.current?.move(xOf(event));
        else event.currentTarget.toggleAttribute('data-near-mark', markerAt(desk, view, xOf(event)) !== null);
      }}
      onPointerUp={() => {
        press.current?.end();
        press.current = null;
      }}
      onPointerCancel={() => {
        press.current?.cancel();
        press.current = null;
      }}
      onWheel={(event) => view.scroll(Math.sign(event.deltaY))}
      onKeyDown={(event) => {
        const to = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
        if (to === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        moveTo(to);
      }}
    >
      {reading.chart === null ? <p className="line-plot-empty">{whyNone(reading)}</p> : null}
      <span className="line-plot-names" aria-hidden>
        {(reading.chart?.lines ?? []).map(({ label }, n) => (
          <span key={label} data-line={n}>
            {label}
          </span>
        ))}
      </span>
      <Plot
        reading={reading}
        markers={markersOf(reading, desk)}
        along={along}
        width={width}
        height={height}
        position={position}
      />
    </div>
  );
}

function Plot({
  reading: { line, chart },
  markers,
  along,
  width,
  height,
  position,
}: {
  readonly reading: LineReading;
  readonly markers: readonly LineMarker[];
  readonly along: NonNullable<View['along']>;
  readonly width: number;
  readonly height: number;
  readonly position: number;
}) {
  const floor = height - edge.bottom;
  const right = width - edge.right;
  const across = along.canvasX;
  const [, high] = rangeOf(chart?.lines.flatMap(({ values }) => values) ?? []);
  const up = (value: number): number => floor - (value / (high || 1)) * (floor - edge.top);
  const inside = (x: number): boolean => x >= edge.left - 0.5 && x <= right + 0.5;
  return (
    <svg width={width} height={height} aria-hidden>
      <defs>
        <clipPath id="line-plot-inside">
          <rect x={edge.left} y={0} width={Math.max(0, right - edge.left)} height={height} />
        </clipPath>
      </defs>
      {chart === null
        ? null
        : ticksOf(0, high, 6).map((value) => (
            <g key={value}>
              <line className="chart-grid" x1={edge.left} x2={right} y1={up(value)} y2={up(value)} />
              <text x={edge.left - 5} y={up(value) + 4} textAnchor="end">
                {value}
                {value === 0 ? ' mm' : ''}
              </text>
            </g>
          ))}
      <line className="chart-axis" x1={edge.left} x2={right} y1={floor} y2={floor} />
      {ticksOf(0, line.lengthMm, Math.max(3, Math.floor((right - edge.left) / 60))).map((value) =>
        inside(across(value)) ? (
          <g key={value}>
            <line className="chart-axis" x1={across(value)} x2={across(value)} y1={floor} y2={floor + 4} />
            <text x={across(value)} y={floor + 15} textAnchor="middle">
              {value}
            </text>
          </g>
        ) : null,
      )}
      <g clipPath="url(#line-plot-inside)">
        {markers.map(({ label, at, handle }, n) => (
          <g key={label} data-marker={label} data-handle={handle}>
            <line className="chart-marker" x1={across(at)} x2={across(at)} y1={0} y2={floor} />
            <text className="line-plot-marker" x={across(at) + 4} y={floor - 22 - 13 * (n % 2)}>
              {label}
            </text>
          </g>
        ))}
        {(chart?.lines ?? []).map(({ label, values }, n) => (
          <path
            key={label}
            className="chart-line"
            data-line={n}
            d={pathOf(
              values.map((value, at) =>
                value === null ? null : ([across(chart?.x.values[at] ?? 0), up(value)] as const),
              ),
            )}
          />
        ))}
        <line className="line-here" x1={across(position)} x2={across(position)} y1={0} y2={floor} />
      </g>
    </svg>
  );
}

/** "62.5 of 120.3 mm: mean diameter 3.1 mm, …". */
function readingText(reading: LineReading, position: number): string {
  const { line, chart } = reading;
  const values = ['minimumDiameter', 'meanDiameter', 'maximumDiameter'].map((column) =>
    profileAt(reading, column, position),
  );
  const unit = unitText(chart?.x.unit ?? 'mm');
  const place = `${position.toFixed(1)} of ${line.lengthMm.toFixed(1)} ${unit}`;
  const [least, mean, most] = values;
  if (least === null || mean === null || most === null || least === undefined || mean === undefined) return place;
  return `${place}: diameter ${valueText(least, 'mm')} least, ${valueText(mean, 'mm')} mean, ${valueText(most ?? 0, 'mm')} most`;
}

/** Why no diameters stand there: the sentence of the item, or that they are on their way. */
function whyNone({ plan: { computed, stale } }: LineReading): string {
  if (stale) return 'Reading the lumen…';
  return computed?.notes.find(({ code }) => code === 'path-only')?.message ?? 'No lumen is measured here.';
}
