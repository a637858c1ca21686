import type { View } from '../cornerstone/types.ts';
import { seriesWarnings } from '../ui/seriesWarnings.ts';

/** What changes how the picture may be read, on the picture, and what can still be measured. */
export function PictureNotes({ view }: { readonly view: View }) {
  const series = view.loaded?.series;
  const warnings = series === undefined ? [] : seriesWarnings(series);
  if (warnings.length === 0) return null;
  return (
    <ul className="picture-notes">
      {warnings.map(({ say, still }) => (
        <li key={say} className="badge">
          {say} {still === null ? null : <span className="still">{still}</span>}
        </li>
      ))}
    </ul>
  );
}
