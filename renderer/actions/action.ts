import type { Desk } from './desk.ts';
import type { Key } from './keys.ts';

export type ActionGroup = 'Open and save' | 'Layout' | 'Scroll' | 'Picture' | 'Window' | 'Tools' | 'Plan' | 'Program';

/** One thing a person can do. Menu, toolbar tooltips, Ctrl+K and the help page are made from the table and nothing else. */
export interface Action {
  readonly id: string;
  readonly title: string;
  readonly group: ActionGroup;
  readonly keys: readonly Key[];
  /** For the tooltip, where the title does not tell enough. */
  readonly hint?: string;
  /** Absent: always. `key`: the one that was pressed for it, where one was. */
  when?(desk: Desk, key?: Key): boolean;
  /** For what is on or off. */
  on?(desk: Desk): boolean;
  run(desk: Desk): void | Promise<void>;
}
