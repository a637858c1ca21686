import { lookNames } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import './solidBar.css';

/** The 3D view's look, and from how coarse a copy it is drawn. */
export function SolidBar({ view }: { readonly view: View }) {
  const { solid } = view;
  if (solid === undefined) return null;
  const { everyVoxel } = solid;
  return (
    <div className="solid-bar" data-control>
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
      {everyVoxel === null || everyVoxel === 1 ? null : (
        <p className="soft">3D is drawn from every {ordinal(everyVoxel)} voxel here</p>
      )}
    </div>
  );
}

function ordinal(n: number): string {
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
