import { actionById, lookNames, runAction, useDesk } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import './solidBar.css';

/** The 3D view's look, and from how coarse a copy it is drawn. */
export function SolidBar({ view }: { readonly view: View }) {
  const desk = useDesk();
  const { solid } = view;
  if (solid === undefined) return null;
  const { everyVoxel } = solid;
  const run = (id: string) => () => {
    const action = actionById(desk, id);
    if (action !== undefined) void runAction(desk, action);
  };
  if (everyVoxel === null) return <p className="pane-empty">Making the 3D view…</p>;
  return (
    <div className="solid-bar" data-written data-control>
      <select
        aria-label="Look of 3D"
        value={solid.look}
        onChange={({ target }) => {
          const look = solid.looks.find((one) => one === target.value);
          if (look !== undefined) solid.show(look);
        }}
      >
        {solid.looks.map((look) => (
          <option key={look} value={look}>
            {lookNames[look]}
          </option>
        ))}
      </select>
      {solid.hidden !== null ? (
        <button type="button" onClick={run('3d.show-bone')}>
          Show bone
        </button>
      ) : view.loaded?.series.modality === 'CT' ? (
        <button
          type="button"
          title="What hangs together with the crosshair and is as bright as bone (Shift+B)"
          onClick={run('3d.hide-bone')}
        >
          Hide bone
        </button>
      ) : null}
      {everyVoxel === 1 ? null : <p className="soft">3D is drawn from every {ordinal(everyVoxel)} voxel here</p>}
    </div>
  );
}

function ordinal(n: number): string {
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
