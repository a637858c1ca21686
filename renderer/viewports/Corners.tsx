import { useSession } from '../actions/index.ts';
import type { LpsMm, Vec3 } from '../../src/geometry/index.ts';
import type { View } from '../cornerstone/types.ts';
import { dateText, nameText, timeText, trimmed } from '../ui/text.ts';

/** What is written in the corners: study, series, place of the slice, window and zoom. */
export function Corners({ view }: { readonly view: View }) {
  const namesHidden = useSession((state) => state.namesHidden);
  const { loaded } = view;
  if (loaded === null) return null;
  const { series } = loaded;
  const state = view.state();
  const instance = series.instances[state.frameRef?.instance ?? 0];
  const map = view.map();
  const volume = view.kind === 'volume';
  const thickness =
    view.kind === 'stack'
      ? (instance?.sliceThicknessMm ?? null)
      : map?.in === 'patient'
        ? 2 * map.halfThicknessMm
        : null;
  const picture = state.position === null ? 'Frame' : 'Slice';
  return (
    <div className="corners numbers">
      <div className="corner top-left">
        {namesHidden ? null : <div>{nameText(series.patient.name)}</div>}
        <div>{[dateText(series.study.date), timeText(series.study.time)].filter(Boolean).join(' ')}</div>
        <div className="soft lesser">{series.study.description}</div>
        {loaded.loadingFraction < 1 ? (
          <div className="soft">Loading {Math.floor(loaded.loadingFraction * 100)} %</div>
        ) : null}
      </div>
      <div className="corner top-right">
        <div>
          {[series.modality, series.number === null ? '' : `series ${series.number}`].filter(Boolean).join(' ')}
        </div>
        <div className="soft lesser">{series.description}</div>
        {volume || view.kind === 'stack' ? null : (
          <div className="plane-name" data-of={view.name}>
            {view.name}
          </div>
        )}
      </div>
      {volume ? null : (
        <div className="corner bottom-left">
          <div>
            {picture} {state.index + 1} of {state.count}
          </div>
          {map?.in === 'patient' && state.position !== null ? (
            <div>{depthText(state.position, map.plane.normal)}</div>
          ) : null}
          {thickness === null || thickness <= 0 || series.why.includes('projection') ? null : (
            <div className="soft">{trimmed(thickness)} mm thick</div>
          )}
        </div>
      )}
      <div className="corner bottom-right">
        {state.window === null ? null : (
          <div>
            W {trimmed(state.window.width)} L {trimmed(state.window.centre)}
          </div>
        )}
        {state.windowName === null ? null : <div className="soft">{state.windowName}</div>}
        {state.inverted ? <div className="badge">inverted</div> : null}
        {volume ? null : <div className="soft">Zoom {state.zoom.toFixed(2)}</div>}
      </div>
    </div>
  );
}

/** Where the slice lies along the patient's axis it cuts most squarely, with its letter: "H 105.0 mm". */
function depthText(position: LpsMm, normal: Vec3): string {
  const size = normal.map(Math.abs);
  const axis = size.indexOf(Math.max(...size));
  const value = position[axis] ?? 0;
  const letter = (value < 0 ? ['R', 'A', 'F'] : ['L', 'P', 'H'])[axis] ?? '';
  return `${letter} ${Math.abs(value).toFixed(1)} mm`;
}
