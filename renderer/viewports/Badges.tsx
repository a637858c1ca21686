import { factsOfView, useDesk, usePlan, useSession } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { badgesOf, type Badge } from './badgesOf.ts';

/** What must be said on this picture; sources: badgesOf.ts. */
export function PictureBadges({ view }: { readonly view: View }) {
  const session = useSession((state) => state);
  const desk = useDesk();
  usePlan();
  return <Badges badges={badgesOf(view, session, factsOfView(desk, view)?.calibratedBy)} />;
}

/** Amber sentences at the top of a picture: "MIP 10 mm", "prone: table down", "resampled", "linked by offset". */
function Badges({ badges }: { readonly badges: readonly Badge[] }) {
  if (badges.length === 0) return null;
  return (
    <ul className="badges" aria-label="What changes the reading">
      {badges.map(({ say, still }) => (
        <li key={say} className="badge" data-written>
          {say} {still === undefined || still === null ? null : <span className="still">{still}</span>}
        </li>
      ))}
    </ul>
  );
}
