import { useEffect, useRef, useState } from 'react';
import type { Chart } from '../../src/measurements/index.ts';
import type { Space } from '../../src/plan/index.ts';
import { fixedText } from '../../src/quantity/index.ts';
import { useDesk } from '../actions/index.ts';
import { unitText, valueText } from '../ui/quantityText.ts';
import { ChartPlot } from './ChartPlot.tsx';
import { ChartTable } from './ChartTable.tsx';
import './itemChart.css';

const page = 10;

/**
 * Lines along an item. Its cursor is a slider: the mouse and the arrow keys move it, what lies there is said, and the views
 * show the place; Enter or a click brings the views there. Below it the same numbers as a table.
 */
export function ItemChart({
  chart,
  on,
  stale,
}: {
  readonly chart: Chart;
  readonly on: Space;
  readonly stale: boolean;
}) {
  const desk = useDesk();
  const [cursor, setCursor] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { x, lines, places } = chart;
  const last = x.values.length - 1;
  const at = cursor === null ? null : Math.min(cursor, last);

  const point = places?.[at ?? -1];
  useEffect(() => {
    if (point === undefined) return undefined;
    const pointed = { point, on };
    desk.session.setState({ pointed });
    return () => desk.session.setState((state) => (state.pointed === pointed ? { pointed: null } : {}));
  }, [desk, point, on]);
  const goThere = (): void => {
    if (point !== undefined && on.in === 'patient' && point.length === 3) void desk.views.goTo(point, undefined, on);
  };

  const said = at === null ? '' : readingAt(chart, at);
  const units = [...new Set(lines.map(({ unit }) => unit))];
  return (
    <figure className="chart" data-stale={stale || undefined}>
      <figcaption>{chart.title}</figcaption>
      <p className="chart-reading numbers" aria-hidden>
        {said === '' ? <span className="quiet">Point at the line to read it.</span> : said}
      </p>
      <div
        ref={box}
        className="chart-plots"
        role="slider"
        tabIndex={0}
        aria-label={chart.title}
        aria-valuemin={x.values[0] ?? 0}
        aria-valuemax={x.values[last] ?? 0}
        aria-valuenow={x.values[at ?? 0] ?? 0}
        aria-valuetext={readingAt(chart, at ?? 0)}
        onFocus={() => setCursor((known) => known ?? 0)}
        onBlur={() => setCursor(null)}
        onPointerLeave={(event) => {
          if (event.currentTarget !== document.activeElement) setCursor(null);
        }}
        onClick={goThere}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.altKey || event.metaKey) return;
          const to = steps[event.key];
          if (to !== undefined) setCursor(to(at ?? 0, event.shiftKey ? page : 1, last));
          else if (event.key === 'Enter') goThere();
          else return;
          event.preventDefault();
        }}
      >
        {units.map((unit, place) => (
          <ChartPlot
            key={unit}
            chart={{ ...chart, lines: lines.filter((line) => line.unit === unit) }}
            width={width}
            at={at}
            bottom={place === units.length - 1}
            onPoint={setCursor}
          />
        ))}
      </div>
      <ChartTable chart={chart} />
    </figure>
  );
}

const within = (to: number, last: number): number => Math.min(last, Math.max(0, to));
const steps: Readonly<Record<string, (at: number, by: number, last: number) => number>> = {
  ArrowLeft: (at, by, last) => within(at - by, last),
  ArrowDown: (at, by, last) => within(at - by, last),
  ArrowRight: (at, by, last) => within(at + by, last),
  ArrowUp: (at, by, last) => within(at + by, last),
  PageDown: (at, _by, last) => within(at - page, last),
  PageUp: (at, _by, last) => within(at + page, last),
  Home: () => 0,
  End: (_at, _by, last) => last,
};

/** "12.5 mm, target: 43.0 HU". Several lines are named. */
function readingAt({ x, lines, markers }: Chart, at: number): string {
  const position = x.values[at] ?? 0;
  const half = (x.values[at + 1] ?? position) - position || position - (x.values[at - 1] ?? position);
  const here = (markers ?? []).filter((marker) => Math.abs(marker.at - position) <= half / 2 + 1e-9);
  const place = [`${fixedText(position, 1)} ${unitText(x.unit)}`, ...here.map(({ label }) => label.toLowerCase())].join(
    ', ',
  );
  const values = lines.map(({ label, unit, values: all }) => {
    const value = all[at] ?? null;
    const text = value === null ? 'no value' : valueText(value, unit);
    return lines.length === 1 ? text : `${label.toLowerCase()} ${text}`;
  });
  return `${place}: ${values.join(', ')}`;
}

/** CSS px, followed as the panel is made wider. */
function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(280);
  useEffect(() => {
    if (box.current === null) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return width;
}
