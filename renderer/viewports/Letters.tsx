import type { View } from '../cornerstone/types.ts';

const sides = ['left', 'right', 'top', 'bottom'] as const;

/** Which way is where, on all four sides. */
export function Letters({ view }: { readonly view: View }) {
  const { letters } = view.state();
  if (letters === null) return null;
  return (
    <div
      className="letters"
      aria-label={`Left ${letters.left}, right ${letters.right}, top ${letters.top}, bottom ${letters.bottom}`}
      role="note"
    >
      {sides.map((side) => (
        <span key={side} className={`letter ${side}`} data-written>
          {letters[side]}
        </span>
      ))}
    </div>
  );
}
