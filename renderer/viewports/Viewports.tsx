import { useSession } from '../actions/index.ts';
import { layouts } from '../state/index.ts';
import { ViewPane } from './ViewPane.tsx';
import './viewports.css';

/** The middle of the window: the panes of the present layout. */
export function Viewports() {
  const layout = useSession((state) => state.layout);
  const full = useSession((state) => state.full);
  return (
    <div className="viewports" data-layout={layout} data-full={full ?? undefined}>
      {layouts[layout].views.map((name) => (
        <ViewPane key={name} name={name} />
      ))}
    </div>
  );
}
