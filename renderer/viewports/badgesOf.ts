import type { View } from '../cornerstone/types.ts';
import type { SessionState } from '../state/index.ts';
import { linkedByOffset } from '../state/index.ts';
import type { SeriesWarning } from '../ui/seriesWarnings.ts';
import { slabText } from '../ui/slabText.ts';
import { pointText } from '../ui/text.ts';

/** One thing that changes how a picture may be read; `still` says what can be measured all the same. */
export interface Badge {
  readonly say: string;
  readonly still?: string | null;
}

/** One reason for badges on a picture. */
type BadgeSource = (view: View, session: SessionState, warnings: readonly SeriesWarning[]) => readonly Badge[];

/** In the order of weight. Whoever changes how a picture reads adds a line here. */
const sources: readonly BadgeSource[] = [
  (view) => {
    const { slab } = view.state();
    return slab === null ? [] : [{ say: slabText(slab) }];
  },
  (_view, _session, warnings) => warnings,
  (view, session) => {
    const offset = linkedByOffset(session, view.name);
    if (offset === null) return [];
    const [x, y, z] = offset;
    return [{ say: 'Linked by offset, not registered.', still: `Offset to the other date: ${pointText([x, y, z])}.` }];
  },
];

/** All that must be said on a picture about how it may be read. `warnings`: of its images. */
export function badgesOf(view: View, session: SessionState, warnings: readonly SeriesWarning[]): readonly Badge[] {
  return sources.flatMap((source) => source(view, session, warnings));
}
