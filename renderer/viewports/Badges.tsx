import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { warningsOfView, useDesk, usePlan, useSession } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { leadSentence } from '../ui/leadSentence.ts';
import { badgesOf, type Badge } from './badgesOf.ts';
import './badges.css';

/** What must be said on this picture; sources: badgesOf.ts. */
export function PictureBadges({ view }: { readonly view: View }) {
  const session = useSession((state) => state);
  const desk = useDesk();
  usePlan();
  return <Badges badges={badgesOf(view, session, warningsOfView(desk, view))} />;
}

/**
 * Amber sentences at the top of a picture: "MIP 10 mm", "prone: table down", "resampled", "linked by offset". Of each
 * the first is always there; what explains it is folded until asked for, so that little of the picture is covered.
 */
function Badges({ badges }: { readonly badges: readonly Badge[] }) {
  if (badges.length === 0) return null;
  return (
    <ul className="badges" aria-label="What changes the reading">
      {badges.map(({ say, still }) => (
        <FoldedBadge key={say} say={say} still={still ?? null} />
      ))}
    </ul>
  );
}

function FoldedBadge({ say, still }: { readonly say: string; readonly still: string | null }) {
  const [open, setOpen] = useState(false);
  const { lead, rest } = leadSentence(say, still);
  if (rest === '')
    return (
      <li className="badge" data-written>
        {lead}
      </li>
    );
  return (
    <li className="badge" data-written data-open={open || undefined}>
      {lead} <span className="badge-rest">{rest}</span>
      <button
        type="button"
        className="badge-fold"
        data-control
        aria-expanded={open}
        aria-label={`${open ? 'Less' : 'More'}: ${lead}`}
        title={open ? 'Less' : rest}
        onClick={() => setOpen(!open)}
      >
        <ChevronDown aria-hidden size={14} />
      </button>
    </li>
  );
}
