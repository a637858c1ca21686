import { useState } from 'react';
import type { Chart } from '../../src/measurements/index.ts';
import { fixedText } from '../../src/quantity/index.ts';
import { unitText, valueText } from '../ui/quantityText.ts';
import { nearestIndex } from '../ui/chartScale.ts';

/** The numbers of a chart, folded until they are asked for. */
export function ChartTable({ chart: { title, x, lines, markers = [] } }: { readonly chart: Chart }) {
  const [open, setOpen] = useState(false);
  const named = new Map(markers.map(({ label, at }) => [nearestIndex(x.values, at), label]));
  return (
    <details className="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Values as a table</summary>
      {open ? (
        <div className="chart-rows" role="region" aria-label={`${title}, table`}>
          <table className="numbers">
            <thead>
              <tr>
                <th scope="col">
                  {x.label}, {unitText(x.unit)}
                </th>
                {lines.map(({ label, unit }) => (
                  <th key={label} scope="col">
                    {[label, unitText(unit)].filter(Boolean).join(', ')}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {x.values.map((position, at) => (
                <tr key={position}>
                  <th scope="row">
                    {named.has(at) ? <span className="quiet">{named.get(at)} </span> : null}
                    {fixedText(position, 1)}
                  </th>
                  {lines.map(({ label, values }) => {
                    const value = values[at] ?? null;
                    return <td key={label}>{value === null ? '–' : valueText(value, '1')}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}
