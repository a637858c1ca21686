import { RotateCcw } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { Button, Input, SearchField, Switch } from 'react-aria-components';
import {
  chosenKeys,
  keyOf,
  keysWith,
  keysWithout,
  keyText,
  ownerOf,
  tableOf,
  useDesk,
  useSettings,
  type Action,
} from '../actions/index.ts';
import { IconButton } from '../ui/IconButton.tsx';

/** A key that another action has, waiting for a yes. */
interface Conflict {
  readonly id: string;
  readonly key: string;
  readonly owner: string;
}

/** Every action with its keys: press one to set it. Keys that are taken are told before they are. */
export function KeySettings() {
  const desk = useDesk();
  const { settings } = desk;
  const keys = useSettings((state) => state.keys);
  const letterKeys = useSettings((state) => state.letterKeys);
  const [search, setSearch] = useState('');
  const [waiting, setWaiting] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const actions = useMemo(() => tableOf(desk), [desk]);
  const words = search.trim().toLowerCase();
  const found = actions.filter(
    (action) =>
      `${action.title} ${action.group}`.toLowerCase().includes(words) ||
      chosenKeys(action, { keys }).some((key) => keyText(key).toLowerCase() === words),
  );
  const put = (id: string, key: string): void => {
    settings.change({ keys: keysWith(actions, { keys }, id, key) });
    setConflict(null);
  };
  const onKey = (event: KeyboardEvent, id: string): void => {
    if (waiting !== id) return;
    // Tab leaves, as everywhere; all other keys are the answer.
    if (event.key === 'Tab') return setWaiting(null);
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setWaiting(null);
    const key = keyOf(event);
    if (key === null) return;
    setWaiting(null);
    const owner = ownerOf(actions, { keys }, key, id);
    if (owner === undefined) put(id, key);
    else setConflict({ id, key, owner: owner.title });
  };
  return (
    <section className="key-settings">
      <h3>Keys</h3>
      <Switch className="switch" isSelected={letterKeys} onChange={(on) => settings.change({ letterKeys: on })}>
        <span className="switch-track" aria-hidden />
        Single letters and signs act
      </Switch>
      <div className="key-tools">
        <SearchField aria-label="Search the keys" value={search} onChange={setSearch}>
          <Input className="text-input" placeholder="Search by command or key" />
        </SearchField>
        <Button
          className="button"
          isDisabled={Object.keys(keys).length === 0}
          onPress={() => {
            settings.change({ keys: {} });
            setConflict(null);
          }}
        >
          Reset all keys
        </Button>
      </div>
      {conflict === null ? null : (
        <p className="key-conflict" role="alert">
          {keyText(conflict.key)} is the key of “{conflict.owner}”.{' '}
          <Button className="button" onPress={() => put(conflict.id, conflict.key)}>
            Take it
          </Button>{' '}
          <Button className="button" onPress={() => setConflict(null)}>
            Leave it
          </Button>
        </p>
      )}
      <ul className="key-list" aria-label="Commands and keys">
        {found.map((action) => (
          <KeyLine
            key={action.id}
            action={action}
            keys={chosenKeys(action, { keys })}
            own={keys[action.id] !== undefined}
            waiting={waiting === action.id}
            onAsk={() => {
              setConflict(null);
              setWaiting(action.id);
            }}
            onKey={(event) => onKey(event, action.id)}
            onLeave={() => setWaiting(null)}
            onReset={() => settings.change({ keys: keysWithout({ keys }, action.id) })}
          />
        ))}
      </ul>
    </section>
  );
}

function KeyLine({
  action,
  keys,
  own,
  waiting,
  onAsk,
  onKey,
  onLeave,
  onReset,
}: {
  readonly action: Action;
  readonly keys: readonly string[];
  readonly own: boolean;
  readonly waiting: boolean;
  onAsk(): void;
  onKey(event: KeyboardEvent): void;
  onLeave(): void;
  onReset(): void;
}) {
  const said = keys.length === 0 ? 'no key' : keys.map(keyText).join(', ');
  return (
    <li className="key-line">
      <span className="key-title">{action.title}</span>
      <button
        type="button"
        className="key-button"
        aria-label={`Key of ${action.title}: ${waiting ? 'press a key' : said}`}
        data-waiting={waiting || undefined}
        onClick={onAsk}
        onKeyDownCapture={onKey}
        onBlur={onLeave}
      >
        {waiting
          ? 'Press a key…'
          : keys.length === 0
            ? '–'
            : keys.map((key) => (
                <kbd key={key} className="key">
                  {keyText(key)}
                </kbd>
              ))}
      </button>
      <IconButton
        small
        name={`Reset the key of ${action.title}`}
        hint="The key it had at first"
        disabled={!own}
        onPress={onReset}
      >
        <RotateCcw aria-hidden />
      </IconButton>
    </li>
  );
}
