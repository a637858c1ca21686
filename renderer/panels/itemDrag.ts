const dragType = 'application/x-seldinger-item';

/**
 * Lets the mouse carry one line of the plan to another place; Alt+Up and Alt+Down do the same by keyboard.
 * `dropped`: an item was let go on this line, in its upper half (`before`) or lower half. Returns what ends it.
 */
export function attachItemDrag(
  element: HTMLElement,
  id: string,
  dropped: (id: string, half: 'before' | 'after') => void,
): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const half = ({ clientY }: DragEvent): 'before' | 'after' => {
    const { top, height } = element.getBoundingClientRect();
    return clientY < top + height / 2 ? 'before' : 'after';
  };
  const unmark = (): void => element.removeAttribute('data-drop');
  element.addEventListener('dragstart', ({ dataTransfer }) => dataTransfer?.setData(dragType, id), { signal });
  element.addEventListener(
    'dragover',
    (event) => {
      if (event.dataTransfer?.types.includes(dragType) !== true) return;
      event.preventDefault();
      element.dataset['drop'] = half(event);
    },
    { signal },
  );
  element.addEventListener(
    'dragleave',
    ({ relatedTarget }) => {
      // Told for every name and button on the line too.
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) unmark();
    },
    { signal },
  );
  element.addEventListener(
    'drop',
    (event) => {
      unmark();
      const moved = event.dataTransfer?.getData(dragType) ?? '';
      if (moved === '') return;
      event.preventDefault();
      dropped(moved, half(event));
    },
    { signal },
  );
  return () => {
    unmark();
    ending.abort();
  };
}
