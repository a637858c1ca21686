import { Check } from 'lucide-react';
import { keyText, type Action } from '../actions/index.ts';

/** One line of a menu or of the palette. */
export function MenuLine({
  action,
  title,
  on,
}: {
  readonly action: Action;
  readonly title: string;
  readonly on: boolean;
}) {
  return (
    <>
      <span className="check">{on ? <Check aria-label="on" size={14} /> : null}</span>
      <span className="title">{title}</span>
      {action.keys.slice(0, 1).map((key) => (
        <kbd key={key} className="key">
          {keyText(key)}
        </kbd>
      ))}
    </>
  );
}
