import { useEffect, useRef } from 'react';
import { useDesk } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { drawSmallSection } from '../curved/index.ts';
import { lineReading } from './lineReading.ts';
import './sectionStrip.css';

/** mm from the present place. */
const offsetsMm = [-6, -4, -2, 2, 4, 6] as const;
const sizePx = 88;

/** The planes before and behind, in small: a press goes there. */
export function SectionStrip({ view }: { readonly view: View }) {
  const desk = useDesk();
  const reading = lineReading(desk, view);
  if (reading === null) return null;
  const here = desk.along.positionMm();
  return (
    <div className="section-strip" role="group" aria-label="Planes before and behind" data-control>
      {offsetsMm.map((offset) => {
        const at = here + offset;
        const inside = at >= 0 && at <= reading.line.lengthMm;
        return (
          <button
            key={offset}
            type="button"
            disabled={!inside}
            aria-label={`${Math.abs(offset)} mm ${offset < 0 ? 'before' : 'on'}`}
            onClick={() => desk.along.move(at)}
          >
            {inside ? <Small view={view} positionMm={at} /> : null}
            <span className="numbers">
              {offset < 0 ? '−' : '+'}
              {Math.abs(offset)} mm
            </span>
          </button>
        );
      })}
    </div>
  );
}

function Small({ view, positionMm }: { readonly view: View; readonly positionMm: number }) {
  const desk = useDesk();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { loaded } = view;
  const line = loaded === null ? null : desk.along.line(loaded);
  const { window, inverted } = view.state();
  // After the large picture, and once for many moves of a hand.
  useEffect(() => {
    const timer = setTimeout(() => {
      if (canvas.current === null || loaded === null || line === null) return;
      const lead = desk.along.lead(loaded);
      drawSmallSection(canvas.current, loaded, line, positionMm, (value) => lead?.brightness?.(value) ?? 0);
    }, 40);
    return () => clearTimeout(timer);
  }, [desk, loaded, line, positionMm, window?.centre, window?.width, inverted]);
  return <canvas ref={canvas} width={sizePx} height={sizePx} aria-hidden />;
}
