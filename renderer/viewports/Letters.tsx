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
      <span className="letter left">{letters.left}</span>
      <span className="letter right">{letters.right}</span>
      <span className="letter top">{letters.top}</span>
      <span className="letter bottom">{letters.bottom}</span>
    </div>
  );
}
