/** Keys go to the active picture. */
export function focusPicture(): void {
  document.querySelector<HTMLElement>('.pane[data-active]')?.focus({ preventScroll: true });
}
