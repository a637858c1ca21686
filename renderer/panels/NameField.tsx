import { useEffect, useRef, useState } from 'react';

/** A name being typed: Enter or leaving keeps it, Escape leaves it as it was. `name`: what a screen reader calls the field. */
export function NameField({
  name,
  label,
  kept,
  ended: onEnded,
}: {
  readonly name: string;
  readonly label: string;
  kept(label: string): void;
  ended(): void;
}) {
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
    const typed = text.trim();
    if (keep && typed !== '' && typed !== label) kept(typed);
    onEnded();
  };
  return (
    <input
      ref={input}
      className="text-input plan-name-input"
      aria-label={name}
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
