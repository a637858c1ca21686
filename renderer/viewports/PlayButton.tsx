import { Pause, Play } from 'lucide-react';
import { actionById, keyText, runAction, useDesk } from '../actions/index.ts';
import { isFilm } from '../cornerstone/index.ts';
import type { View } from '../cornerstone/types.ts';
import './playButton.css';

/** On a run: that it can be played, and by which key. */
export function PlayButton({ view }: { readonly view: View }) {
  const desk = useDesk();
  const action = actionById(desk, 'cine');
  const { loaded, kind } = view;
  const { playing, count } = view.state();
  if (action === undefined || loaded === null || kind !== 'stack' || count < 2 || !isFilm(loaded.series)) return null;
  const [key] = action.keys;
  const Icon = playing ? Pause : Play;
  return (
    <button
      type="button"
      className="play-button"
      data-control
      // The keyboard stays with the picture: there the same key stops the run.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        desk.session.setState({ active: view.name });
        void runAction(desk, action);
      }}
    >
      <Icon aria-hidden size={12} /> {playing ? 'Pause' : 'Play'}
      {key === undefined ? null : <kbd className="key">{keyText(key)}</kbd>}
    </button>
  );
}
