import type { Settings } from '../state/index.ts';
import { isCharacter, type Key } from './keys.ts';

/** What of an action its keys need. */
interface Keyed {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly Key[];
}
type KeySettings = Pick<Settings, 'keys' | 'letterKeys'>;

/** The keys that a person gave the action, else the table's. */
export function chosenKeys(action: Pick<Keyed, 'id' | 'keys'>, { keys }: Pick<KeySettings, 'keys'>): readonly Key[] {
  return keys[action.id] ?? action.keys;
}

/** The table with the keys that act now: a person's own, and without single characters where they are switched off. */
export function withOwnKeys<T extends Keyed>(actions: readonly T[], settings: KeySettings): readonly T[] {
  if (settings.letterKeys && Object.keys(settings.keys).length === 0) return actions;
  return actions.map((action) => {
    const keys = chosenKeys(action, settings);
    return { ...action, keys: settings.letterKeys ? keys : keys.filter((key) => !isCharacter(key)) };
  });
}

/** Another action that has the key already; undefined: free. */
export function ownerOf(
  actions: readonly Keyed[],
  settings: Pick<KeySettings, 'keys'>,
  key: Key,
  except: string,
): Keyed | undefined {
  const wanted = key.toLowerCase();
  return actions.find(
    (action) => action.id !== except && chosenKeys(action, settings).some((one) => one.toLowerCase() === wanted),
  );
}

/** The choice of keys after `id` took `key`: its old owner, if any, loses it. */
export function keysWith(
  actions: readonly Keyed[],
  settings: Pick<KeySettings, 'keys'>,
  id: string,
  key: Key,
): KeySettings['keys'] {
  const owner = ownerOf(actions, settings, key, id);
  const lost =
    owner === undefined
      ? {}
      : { [owner.id]: chosenKeys(owner, settings).filter((one) => one.toLowerCase() !== key.toLowerCase()) };
  return { ...settings.keys, ...lost, [id]: [key] };
}

/** The choice of keys with the table's own for one action again. */
export function keysWithout(settings: Pick<KeySettings, 'keys'>, id: string): KeySettings['keys'] {
  return Object.fromEntries(Object.entries(settings.keys).filter(([one]) => one !== id));
}
