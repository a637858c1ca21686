import { setLineMark, useDesk, usePlan } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { lineReading } from './lineReading.ts';

/** What may be set at the present place of the line: a reference, say. */
export function LineCommands({ view }: { readonly view: View }) {
  const desk = useDesk();
  const { readOnly } = usePlan();
  const reading = lineReading(desk, view);
  const offered = reading?.plan.kind?.lineMarks?.offered ?? [];
  if (reading === null || reading.chart === null || offered.length === 0) return null;
  return (
    <div className="line-commands" data-control>
      {offered.map(({ handle, title }) => (
        <button
          key={handle}
          type="button"
          disabled={readOnly || reading.plan.item.locked === true}
          onClick={() => setLineMark(desk, handle, desk.along.positionMm(), title)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
