import { useRef } from 'react';

/** Lines that Page Up and Page Down go over. */
const page = 10;
/** Letters that follow each other within this time are one word, ms. */
const oneWordMs = 1000;

/** The options of a listbox as they stand on screen. */
export function optionsOf(list: HTMLElement): readonly HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role=option]')];
}

/** Where a key of movement leads from the option with this index (-1: none has the focus); undefined for other keys. */
export function nextOption<T>(options: readonly T[], here: number, key: string): T | undefined {
  const last = options.length - 1;
  const at = (index: number): T | undefined => options[Math.max(0, Math.min(last, index))];
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return at(here + 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return at(here - 1);
    case 'PageDown':
      return at(here + page);
    case 'PageUp':
      return at(here - page);
    case 'Home':
      return at(0);
    case 'End':
      return at(last);
    default:
      return undefined;
  }
}

/** Letters typed find the next option whose `data-text` begins with them. */
export function useTypeahead(): (
  options: readonly HTMLElement[],
  here: number,
  key: string,
) => HTMLElement | undefined {
  const typed = useRef({ word: '', at: 0 });
  return (options, here, key) => {
    if (key.length !== 1 || key === ' ') return undefined;
    const now = performance.now();
    const word = (now - typed.current.at < oneWordMs ? typed.current.word : '') + key.toLowerCase();
    typed.current = { word, at: now };
    // A first letter goes on from here; a longer word may still mean this one.
    const from = word.length === 1 ? here + 1 : Math.max(0, here);
    return [...options.slice(from), ...options.slice(0, from)].find((option) =>
      option.dataset['text']?.toLowerCase().startsWith(word),
    );
  };
}
