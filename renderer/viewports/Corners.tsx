import { useSession } from '../actions/index.ts';
import { dateRole, seriesOnScreen } from '../state/index.ts';
import type { View } from '../cornerstone/types.ts';
import { paceText } from './paceText.ts';
import { slabText } from '../ui/slabText.ts';
import { anglesText, dateText, depthText, nameText, placeText, thicknessText, timeText, trimmed } from '../ui/text.ts';

/** What is written in the corners: study, series, place of the slice, window and zoom. */
export function Corners({ view }: { readonly view: View }) {
  const namesHidden = useSession((state) => state.namesHidden);
  const role = useSession((state) =>
    view.loaded === null ? null : dateRole(view.loaded.series, seriesOnScreen(state)),
  );
  const { loaded } = view;
  if (loaded === null) return null;
  const { series } = loaded;
  const state = view.state();
  const instance = series.instances[state.frameRef?.instance ?? 0];
  const map = view.map();
  const volume = view.kind === 'volume';
  const { along } = view;
  const thickness =
    along !== undefined
      ? null
      : view.kind === 'stack'
        ? (instance?.sliceThicknessMm ?? null)
        : map?.in === 'patient'
          ? 2 * map.halfThicknessMm
          : null;
  const projection = instance?.projection ?? null;
  const angles = anglesText(projection?.primaryAngleDeg ?? null, projection?.secondaryAngleDeg ?? null);
  const picture = state.position === null ? 'Frame' : 'Slice';
  return (
    <div className="corners numbers">
      <div className="corner top-left" data-written>
        {namesHidden ? null : <div>{nameText(series.patient.name)}</div>}
        <div>{[dateText(series.study.date), timeText(series.study.time)].filter(Boolean).join(' ')}</div>
        {role === null ? null : <div className="date-role">{role}</div>}
        <div className="soft lesser">{series.study.description}</div>
        {loaded.loadingFraction < 1 ? (
          <div className="soft">Loading {Math.floor(loaded.loadingFraction * 100)} %</div>
        ) : null}
      </div>
      <div className="corner top-right" data-written>
        <div>
          {[series.modality, series.number === null ? '' : `series ${series.number}`].filter(Boolean).join(' ')}
        </div>
        <div className="soft lesser">{series.description}</div>
        {series.part === null ? null : <div className="part-name">{series.part}</div>}
        {volume || view.kind === 'stack' ? null : (
          <div className="plane-name" data-of={view.name}>
            {view.name}
            {state.oblique ? ', oblique' : ''}
          </div>
        )}
      </div>
      {volume ? null : (
        <div className="corner bottom-left" data-written>
          {along === undefined ? (
            <div>
              {picture} {state.index + 1} of {state.count}
            </div>
          ) : along.lengthMm === null ? null : (
            <div>
              {along.positionMm.toFixed(1)} of {along.lengthMm.toFixed(1)} mm
            </div>
          )}
          {angles === '' ? null : <div>{angles}</div>}
          {view.kind === 'stack' && state.count > 1 ? (
            <div className="soft">
              {paceText({
                rate: series.frameRate,
                timeMs: series.frameTimes?.[state.index] ?? null,
                pace: state.pace,
                shown: state.shownRate,
              })}
            </div>
          ) : null}
          {map?.in === 'patient' && along === undefined && state.position !== null ? (
            <div>{state.oblique ? placeText(state.position) : depthText(state.position, map.plane.normal)}</div>
          ) : null}
          {state.slab !== null ? (
            <div className="slab">{slabText(state.slab)}</div>
          ) : thickness === null || thickness <= 0 || series.why.includes('projection') ? null : (
            <div className="soft">{thicknessText(thickness, view.kind === 'stack' ? series.volume : null)}</div>
          )}
        </div>
      )}
      <div className="corner bottom-right" data-written>
        {state.window === null || volume ? null : (
          <div>
            W {windowText(state.window.width, state.window.width)} L{' '}
            {windowText(state.window.centre, state.window.width)}
          </div>
        )}
        {state.windowName === null ? null : <div className="soft">{state.windowName}</div>}
        {state.inverted ? <div className="badge">inverted</div> : null}
        {volume || along?.lengthMm === null ? null : <div className="soft">Zoom {state.zoom.toFixed(2)}</div>}
      </div>
    </div>
  );
}

/** Whole values where a window spans many of them. */
function windowText(value: number, width: number): string {
  return width >= 20 ? String(Math.round(value)) : trimmed(value);
}
