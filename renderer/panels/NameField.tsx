import { useEffect, useRef, useState } from 'react';
import type { RecordId } from '../../src/plan/index.ts';
import { changeItem, useDesk } from '../actions/index.ts';

/** An item's name being typed: Enter or leaving keeps it, Escape leaves it as it was. */
export function NameField({ id, label }: { readonly id: RecordId; readonly label: string }) {
  const desk = useDesk();
  const [text, setText] = useState(label);
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const end = (keep: boolean): void => {
    if (ended.current) return;
    ended.current = true;
    const name = text.trim();
    if (keep && name !== '' && name !== label) changeItem(desk, id, `Rename ${label}`, { label: name });
    desk.session.setState({ renaming: null });
  };
  return (
    <input
      ref={input}
      className="text-input plan-name-input"
      aria-label="Name of the item"
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(true);
        if (event.key === 'Escape') {
          event.preventDefault();
          end(false);
        }
      }}
    />
  );
}
