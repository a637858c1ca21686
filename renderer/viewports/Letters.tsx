import type { View } from '../cornerstone/types.ts';

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
      <span className="letter left" data-written>
        {letters.left}
      </span>
      <span className="letter right" data-written>
        {letters.right}
      </span>
      <span className="letter top" data-written>
        {letters.top}
      </span>
      <span className="letter bottom" data-written>
        {letters.bottom}
      </span>
    </div>
  );
}
